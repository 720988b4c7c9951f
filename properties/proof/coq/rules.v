(* The rules of certificates, and that what they prove is so. *)
Require Import Reals Lra Lia List QArith Qreals Bool Arith.
Require Import normal derive.
Import ListNotations.
Open Scope R_scope.

Inductive rl := EQ | GE | GT.
Definition rel (r : rl) (x : R) : Prop := match r with EQ => x = 0 | GE => x >= 0 | GT => x > 0 end.
(* A fact is about a term, or about all values of its outermost bound index. *)
Record fact := F { al : bool; tmf : tm; rlf : rl }.
Definition plain (r : rl) (t : tm) : fact := F false t r.
Definition nfact (f : fact) : fact := F (al f) (nf (tmf f)) (rlf f).
Definition minus (a b : tm) : tm := Add a (Neg b).

Definition rle (r q : rl) : bool := match r, q with EQ, EQ | GE, GE | GT, GT | _, GE => true | _, _ => false end.
Definition implies (f g : fact) : bool := Bool.eqb (al f) (al g) && rle (rlf f) (rlf g) && equal (tmf f) (tmf g).

Inductive step :=
| SExp (t : tm) | SExps (t : tm) (k : nat) | SExpp (t : tm) | SSq (t : tm) | SPos (t : tm) | SInv (t : tm) (k : nat) | SLn (t : tm) (k : nat)
| SComb (l : list (tm * list nat)) | SDiv (t : tm) (r : rl) (k l : nat) | SAnti (k l : nat) | SDelta (i j : nat) (t : tm)
| SInst (k i : nat) | SSum (k : nat) | SDrop (k i : nat).

Definition get (G : list fact) (k : nat) : option fact := match nth_error G k with Some (F false t r) => Some (F false t r) | _ => None end.
Definition about (G : list fact) (k : nat) : option fact := match nth_error G k with Some (F true t r) => Some (F true t r) | _ => None end.
Definition gives (G : list fact) (k : nat) (t : tm) : bool := match get G k with Some f => implies f (plain GT t) | None => false end.

Fixpoint product (G : list fact) (p : tm) (r : rl) (ks : list nat) : option (tm * rl) :=
  match ks with
  | [] => Some (p, r)
  | k :: ks => match get G k with
    | Some f => product G (Mul p (tmf f)) (match rlf f, r with EQ, _ => EQ | GE, GT => GE | _, _ => r end) ks
    | None => None
    end
  end.
Definition positive (t : tm) : bool := match isnum (norm 3 t) with Some q => negb (Qle_bool q 0) | None => false end.
Definition join (a b : rl) : rl := match a, b with EQ, _ => b | GT, _ => GT | GE, GT => GT | GE, _ => GE end.
Fixpoint combination (G : list fact) (l : list (tm * list nat)) : option (tm * rl) :=
  match l with
  | [] => Some (Num 0, EQ)
  | (c, ks) :: l => match product G c GT ks, combination G l with
    | Some (p, r), Some (q, s) => match r with
      | EQ => Some (Add p q, s)
      | _ => if positive c then Some (Add p q, join r s) else None
      end
    | _, _ => None
    end
  end.

Definition does (G : list fact) (s : step) : option (list fact) :=
  match s with
  | SExp t => Some [plain GE (minus (Exp t) (Add (Num 1) t))]
  | SExps t k => if gives G k t || gives G k (Neg t) then Some [plain GT (minus (Exp t) (Add (Num 1) t))] else None
  | SExpp t => Some [plain GT (Exp t)]
  | SSq t => Some [plain GE (Mul t t)]
  | SPos t => Some [plain GE (Pos t); plain GE (minus (Pos t) t); plain EQ (Mul (Pos t) (minus (Pos t) t))]
  | SInv t k => if gives G k t || gives G k (Neg t) then Some [plain EQ (minus (Mul t (Inv t)) (Num 1))] else None
  | SLn t k => if gives G k t then Some [plain EQ (minus (Exp (Ln t)) t)] else None
  | SComb l => match combination G l with Some (p, r) => Some [plain r p] | None => None end
  | SDiv t r k l => match get G k, get G l with
    | Some f, Some g => match rlf g with GT => if implies f (plain r (Mul (tmf g) t)) then Some [plain r t] else None | _ => None end
    | _, _ => None
    end
  | SAnti k l => match get G k, get G l with Some f, Some g => if equal (tmf f) (Neg (tmf g)) then Some [plain EQ (tmf f)] else None | _, _ => None end
  | SDelta i j t => Some [plain EQ (Mul (Dl (N i) (N j)) (minus (put 0 (N j) t) (put 0 (N i) t)))]
  | SInst k i => match about G k with Some f => Some [plain (rlf f) (put 0 (N i) (tmf f))] | None => None end
  | SSum k => match about G k with Some f => Some [plain (rlf f) (Sm (tmf f))] | None => None end
  | SDrop k i => match about G k with
    | Some f => match rlf f with EQ => None | _ => Some [plain GE (minus (Sm (tmf f)) (put 0 (N i) (tmf f)))] end
    | None => None
    end
  end.

(* A proof of a goal: steps, and goals within it. *)
Inductive pf :=
| Qed (k : nat) | Absurd (k : nat) | By (s : step) (p : pf) | Have (t : tm) (r : rl) (p q : pf) | All (j : nat) (t : tm) (r : rl) (p q : pf)
| Cases (t : tm) (p q : pf) | Mono (x : nat) (a t : tm) (r : rl) (k : nat) (p1 p2 q : pf).

Definition absurd (f : fact) : bool :=
  match al f, isnum (norm 3 (tmf f)) with
  | false, Some q => match rlf f with GE => negb (Qle_bool 0 q) | GT => Qle_bool q 0 | EQ => negb (Qeq_bool q 0) end
  | _, _ => false
  end.
Definition steady (x : nat) : speeds := Sp (Nat.eqb x) (fun _ => false) (fun _ => Num 1) (fun _ _ => Num 0).
Definition unknown (_ : tm) : option bool := None.

(* Whether debt o, under b indices, is among the facts. *)
Definition paid (G : list fact) (b : nat) (o : debt) : bool :=
  match o with (d, u, k) => existsb (fun f =>
    (if al f then (1 <=? d + b) && negb (loose 1 (tmf f)) else negb (loose 0 (tmf f))) &&
    match rlf f with GT => equal (tmf f) u || negb k && equal (tmf f) (Neg u) | _ => false end) G end.

Fixpoint run (G : list fact) (g : fact) (p : pf) : option (list fact) :=
  match p with
  | Qed k => match nth_error G k with Some f => if implies f g then Some G else None | None => None end
  | Absurd k => match nth_error G k with Some f => if absurd f then Some G else None | None => None end
  | By s p => match does G s with Some fs => run (G ++ map nfact fs) g p | None => None end
  | Have t r p q => let h := nfact (plain r t) in match run G h p with Some _ => run (G ++ [h]) g q | None => None end
  | All j t r p q => let h := nfact (F true t r) in
    if free j t || existsb (fun f => free j (tmf f)) G then None else
    match run G (nfact (plain r (put 0 (N j) t))) p with Some _ => run (G ++ [h]) g q | None => None end
  | Cases t p q => match run (G ++ [nfact (plain GE t)]) g p, run (G ++ [nfact (plain GT (Neg t))]) g q with Some _, Some _ => Some G | _, _ => None end
  | Mono x a t r k p1 p2 q =>
    let since := plain GE (minus (V x) a) in
    if loose 0 a || uses x a || match r with EQ => true | _ => false end || negb (match get G k with Some f => implies f since | None => false end) then None else
    let G' := filter (fun f => negb (uses x (tmf f))) G in
    let t' := nf t in
    match run G' (nfact (plain r (setv x a t))) p1, run (G' ++ [nfact since]) (nfact (plain GE (deriv (steady x) unknown t'))) p2 with
    | Some _, Some G2 => if forallb (paid G2 0) (owed (steady x) unknown t') then run (G ++ [nfact (plain r t)]) g q else None
    | _, _ => None
    end
  end.
Fixpoint runs (G : list fact) (gs : list fact) (ps : list pf) : option (list fact) :=
  match gs, ps with
  | [], [] => Some G
  | g :: gs, p :: ps => match run G (nfact g) p with Some G => runs (G ++ [nfact g]) gs ps | None => None end
  | _, _ => None
  end.
(* From facts, goals and what they owe: debts, each under so many indices. *)
Definition proves (G gs : list fact) (ds : list (nat * debt)) (ps : list pf) : bool :=
  match runs (map nfact G) gs ps with Some G => forallb (fun d => paid G (fst d) (snd d)) ds | None => false end.

Section Sound.
Variable Y : answers.
Implicit Types e : env Y.
Definition holds e (f : fact) : Prop := if al f then forall y, rel (rlf f) (den Y e [y] (tmf f)) else rel (rlf f) (den Y e [] (tmf f)).
Definition hold e (G : list fact) : Prop := Forall (holds e) G.

Lemma nfact_ok e f : holds e (nfact f) <-> holds e f.
Proof. unfold holds, nfact. simpl. destruct (al f); [|now rewrite nf_ok]. split; intros h y; specialize (h y); now rewrite nf_ok in *. Qed.
Lemma rle_ok r q x : rle r q = true -> rel r x -> rel q x.
Proof. destruct r, q; simpl; try easy; intros; lra. Qed.
Lemma implies_ok e f g : implies f g = true -> holds e f -> holds e g.
Proof.
  unfold implies. intro h. apply andb_true_iff in h as [h h3]. apply andb_true_iff in h as [h1 h2]. apply Bool.eqb_prop in h1.
  unfold holds. rewrite h1. destruct (al g); [intros k y; specialize (k y) | intro k]; apply (rle_ok _ _ _ h2);
    now rewrite <- (equal_ok Y e _ _ _ h3).
Qed.
Lemma nth_ok e G k f : hold e G -> nth_error G k = Some f -> holds e f.
Proof. intros h g. apply nth_error_In in g. unfold hold in h. rewrite Forall_forall in h. auto. Qed.
Lemma get_ok e G k f : hold e G -> get G k = Some f -> rel (rlf f) (den Y e [] (tmf f)).
Proof.
  intros h g. unfold get in g. destruct (nth_error G k) as [[[|] t r]|] eqn:n; inversion g; subst. exact (nth_ok e G k _ h n).
Qed.
Lemma about_ok e G k f : hold e G -> about G k = Some f -> forall y, rel (rlf f) (den Y e [y] (tmf f)).
Proof.
  intros h g. unfold about in g. destruct (nth_error G k) as [[[|] t r]|] eqn:n; inversion g; subst. exact (nth_ok e G k _ h n).
Qed.
Lemma gives_ok e G k t : hold e G -> gives G k t = true -> den Y e [] t > 0.
Proof.
  intros h g. unfold gives in g. destruct (get G k) as [f|] eqn:n; [|easy].
  unfold get in n. destruct (nth_error G k) as [[[|] u r]|] eqn:m; inversion n; subst.
  exact (implies_ok e _ _ g (nth_ok e G k _ h m)).
Qed.
Lemma sign_ok e G k t : hold e G -> gives G k t || gives G k (Neg t) = true -> den Y e [] t <> 0.
Proof.
  intros h g. apply orb_true_iff in g as [g|g]; apply (gives_ok e G k _ h) in g; cbn [den] in g; lra.
Qed.
Lemma exp_ge x : exp x >= 1 + x.
Proof. destruct (Req_dec x 0) as [->|h]; [rewrite exp_0; lra | pose proof (exp_ineq1 x h); lra]. Qed.

Lemma product_ok e G ks : hold e G -> forall p r q s, product G p r ks = Some (q, s) ->
  (r = EQ -> den Y e [] p = 0) ->
  (s = EQ -> den Y e [] q = 0) /\ (s <> EQ -> r <> EQ /\ (rel r (den Y e [] p) -> rel s (den Y e [] q))).
Proof.
  intro h. induction ks as [|k ks IH]; intros p r q s; simpl.
  - intros g z. inversion g; subst. auto.
  - destruct (get G k) as [f|] eqn:n; [|easy]. pose proof (get_ok e G k f h n) as w. intros g z.
    specialize (IH _ _ _ _ g). cbn [den] in IH. destruct IH as [I1 I2].
    { destruct (rlf f), r; cbn [rel] in w; try discriminate; intros _; try (rewrite w; ring); rewrite z by reflexivity; ring. }
    split; [exact I1|]. intro ne. destruct (I2 ne) as [J1 J2].
    destruct (rlf f), r; cbn [rel] in w, J1, J2 |- *; try congruence; (split; [easy|]); intro m; apply J2;
      first [apply Rlt_gt, Rmult_lt_0_compat; lra | apply Rle_ge, Rmult_le_pos; lra].
Qed.
Lemma positive_ok e t : positive t = true -> den Y e [] t > 0.
Proof.
  unfold positive. destruct (isnum (norm 3 t)) as [q|] eqn:h; [|easy]. intro g. rewrite <- (norm_ok Y 3), (isnum_ok Y e [] _ _ h).
  destruct (Qlt_le_dec 0 q) as [l|l]; [apply Qlt_Rlt in l; rewrite Q2R_0 in l; lra|]. apply Qle_bool_iff in l. rewrite l in g. easy.
Qed.
Lemma combination_ok e G l : hold e G -> forall p r, combination G l = Some (p, r) -> rel r (den Y e [] p).
Proof.
  intro h. induction l as [|[c ks] l IH]; intros p r; simpl.
  - intro g. inversion g. reflexivity.
  - destruct (product G c GT ks) as [[q s]|] eqn:n; [|easy]. destruct (combination G l) as [[u w]|]; [|easy]. specialize (IH _ _ eq_refl).
    destruct (product_ok e G ks h _ _ _ _ n) as [P1 P2]; [easy|].
    destruct s; [|destruct (positive c) eqn:pc; [|easy] ..]; intro g; inversion g; subst; cbn [den].
    + rewrite (P1 eq_refl). destruct r; cbn [rel] in *; lra.
    + destruct P2 as [_ P2]; [easy|]. specialize (P2 (positive_ok e c pc)). destruct w; cbn [rel join] in *; lra.
    + destruct P2 as [_ P2]; [easy|]. specialize (P2 (positive_ok e c pc)). destruct w; cbn [rel join] in *; lra.
Qed.

Lemma cons1 e f : holds e f -> hold e [f].
Proof. intro. constructor; [assumption | constructor]. Qed.
Lemma does_ok e G s fs : hold e G -> does G s = Some fs -> hold e fs.
Proof.
  intro h. destruct s; cbn [does].
  - intro g. inversion g; subst. apply cons1. cbn. pose proof (exp_ge (den Y e [] t)). lra.
  - destruct (_ || _) eqn:k0; [|easy]. intro g. inversion g; subst. apply cons1. apply (sign_ok e G k t h) in k0.
    cbn. pose proof (exp_ineq1 _ k0). lra.
  - intro g. inversion g; subst. apply cons1. cbn. apply exp_pos.
  - intro g. inversion g; subst. apply cons1. cbn. apply Rle_ge, Rle_0_sqr.
  - intro g. inversion g; subst. apply Forall_cons; [|apply Forall_cons; [|apply Forall_cons; [|constructor]]]; unfold holds; cbn [al rlf tmf plain rel den minus]; unfold pos.
    + pose proof (Rmax_l 0 (den Y e [] t)). lra.
    + pose proof (Rmax_r 0 (den Y e [] t)). lra.
    + unfold Rmax. destruct (Rle_dec 0 _); ring.
  - destruct (_ || _) eqn:k0; [|easy]. intro g. inversion g; subst. apply cons1. apply (sign_ok e G k t h) in k0.
    cbn. field. exact k0.
  - destruct (gives G k t) eqn:k0; [|easy]. intro g. inversion g; subst. apply cons1. apply (gives_ok e G k t h) in k0.
    cbn. rewrite exp_ln by exact k0. ring.
  - destruct (combination G l) as [[p r]|] eqn:c; [|easy]. intro g. inversion g; subst. apply cons1. exact (combination_ok e G l h p r c).
  - destruct (get G k) as [f|] eqn:n1; [|easy]. destruct (get G l) as [f2|] eqn:n2; [|easy].
    destruct (rlf f2) eqn:r2; try easy. destruct (implies f _) eqn:i; [|easy]. intro g. inversion g; subst. apply cons1.
    pose proof (get_ok e G l f2 h n2) as w. rewrite r2 in w. cbn in w.
    assert (v : holds e (plain r (Mul (tmf f2) t))).
    { apply (implies_ok e f _ i). unfold get in n1. destruct (nth_error G k) as [[[|] u q]|] eqn:m; inversion n1; subst. exact (nth_ok e G k _ h m). }
    cbn in v. cbn. set (x := den Y e [] t) in *. set (y := den Y e [] (tmf f2)) in *. destruct r; cbn in *.
    + apply (Rmult_eq_reg_l y); lra.
    + apply Rle_ge, (Rmult_le_reg_l y); lra.
    + apply Rlt_gt, (Rmult_lt_reg_l y); lra.
  - destruct (get G k) as [f|] eqn:n1; [|easy]. destruct (get G l) as [f2|] eqn:n2; [|easy].
    destruct (equal _ _) eqn:i; [|easy]. intro g. inversion g; subst. apply cons1.
    apply (equal_ok Y e []) in i. cbn in i. pose proof (get_ok e G k f h n1) as w1. pose proof (get_ok e G l f2 h n2) as w2.
    cbn. destruct (rlf f), (rlf f2); cbn in *; lra.
  - intro g. inversion g; subst. apply cons1. cbn. rewrite !put0. cbn. exact (delta_put Y (at_ e i) (at_ e j) (fun y => den Y e [y] t)).
  - destruct (about G k) as [f|] eqn:n1; [|easy]. intro g. inversion g; subst. apply cons1. cbn. rewrite put0. exact (about_ok e G k f h n1 _).
  - destruct (about G k) as [f|] eqn:n1; [|easy]. intro g. inversion g; subst. apply cons1. cbn. pose proof (about_ok e G k f h n1) as w.
    destruct (rlf f); [now apply Sum_zero | now apply Sum_ge | now apply Sum_gt].
  - destruct (about G k) as [f|] eqn:n1; [|easy]. pose proof (about_ok e G k f h n1) as w.
    assert (v : rlf f <> EQ -> holds e (plain GE (minus (Sm (tmf f)) (put 0 (N i) (tmf f))))).
    { intro ne. cbn. rewrite put0. cbn. apply (Sum_drop Y (fun y => den Y e [y] (tmf f))). intro y. specialize (w y). destruct (rlf f); cbn in w; [easy | lra | lra]. }
    destruct (rlf f); [easy| |]; intro g; inversion g; subst; apply cons1, v; easy.
Qed.

Lemma absurd_ok e f : absurd f = true -> holds e f -> False.
Proof.
  unfold absurd, holds. destruct (al f); [easy|]. destruct (isnum (norm 3 (tmf f))) as [q|] eqn:h; [|easy].
  rewrite <- (norm_ok Y 3), (isnum_ok Y e [] _ _ h). destruct (rlf f); intro g; cbn [rel].
  - intro z. apply negb_true_iff, Qeq_bool_neq in g. apply g, eqR_Qeq. rewrite z. symmetry. apply Q2R_0.
  - intro z. apply negb_true_iff in g. assert (k : (0 <= q)%Q) by (apply Rle_Qle; rewrite Q2R_0; lra). apply Qle_bool_iff in k. congruence.
  - apply Qle_bool_iff, Qle_Rle in g. rewrite Q2R_0 in g. lra.
Qed.
Lemma paid_ok e G s o : hold e G -> paid G (length s) o = true -> meets Y e s o.
Proof.
  destruct o as [[d u] k]. unfold paid. intros h g s1 l. apply existsb_exists in g as [f [hin g]]. unfold hold in h. rewrite Forall_forall in h.
  specialize (h f hin). unfold holds in h. apply andb_true_iff in g as [g1 g2].
  assert (w : rel (rlf f) (den Y e (s1 ++ s) (tmf f))).
  { destruct (al f).
    - apply andb_true_iff in g1 as [g0 g1]. apply negb_true_iff in g1. apply Nat.leb_le in g0.
      destruct (s1 ++ s) as [|y s'] eqn:q; [apply (f_equal (@length Y)) in q; rewrite app_length in q; simpl in q; lia|].
      change (y :: s') with ([y] ++ s'). rewrite (loose_ok Y e [y] s' [] _ g1). apply h.
    - apply negb_true_iff in g1. change (s1 ++ s) with ([] ++ (s1 ++ s)). rewrite (loose_ok Y e [] (s1 ++ s) [] _ g1). exact h. }
  destruct (rlf f); try easy. cbn in w. apply orb_true_iff in g2 as [g2|g2].
  - rewrite (equal_ok Y e _ _ _ g2) in w. destruct k; lra.
  - apply andb_true_iff in g2 as [g2 g3]. destruct k; [easy|]. rewrite (equal_ok Y e _ _ _ g3) in w. cbn in w. lra.
Qed.
Lemma hold_app e G H : hold e G -> hold e H -> hold e (G ++ H).
Proof. intros. apply Forall_app. auto. Qed.
Lemma hold_map e G : hold e G -> hold e (map nfact G).
Proof. intro h. unfold hold. apply Forall_map. revert h. apply Forall_impl. intro. apply nfact_ok. Qed.

Lemma steady_ok e x r : follows Y (steady x) (setvar Y e x r) (fun q => setvar Y e x q) r.
Proof.
  split; intros; simpl in *; try reflexivity; try easy.
  - now rewrite H.
  - rewrite H. apply derivable_pt_lim_id.
Qed.
Lemma grows f f' a b : a <= b -> (forall c, a <= c -> derivable_pt_lim f c (f' c)) -> (forall c, a <= c -> f' c >= 0) -> f b >= f a.
Proof.
  intros ab d p. destruct (Req_dec a b) as [->|ne]; [lra|].
  destruct (MVT_cor2 f f' a b) as [c [h [c1 c2]]]; [lra | intros c hc; apply d; lra|].
  assert (f' c * (b - a) >= 0) by (apply Rle_ge, Rmult_le_pos; [apply Rge_le, p|]; lra). lra.
Qed.

Theorem run_ok p : forall e G g G2, hold e G -> run G g p = Some G2 -> hold e G2 /\ holds e g.
Proof.
  induction p; intros e G g G2 h; cbn [run].
  - destruct (nth_error G k) as [f|] eqn:n; [|easy]. destruct (implies f g) eqn:i; [|easy]. intro q. inversion q; subst.
    split; [exact h|]. exact (implies_ok e f g i (nth_ok e _ k f h n)).
  - destruct (nth_error G k) as [f|] eqn:n; [|easy]. destruct (absurd f) eqn:i; [|easy]. exfalso. exact (absurd_ok e f i (nth_ok e _ k f h n)).
  - destruct (does G s) as [fs|] eqn:d; [|easy]. apply IHp. apply hold_app; [exact h | exact (hold_map e fs (does_ok e G s fs h d))].
  - destruct (run G _ p1) as [H|] eqn:r1; [|easy]. apply IHp2. apply hold_app; [exact h|]. apply cons1. exact (proj2 (IHp1 e G _ H h r1)).
  - destruct (_ || _) eqn:fr; [easy|]. apply orb_false_iff in fr as [f1 f2].
    destruct (run G _ p1) as [H|] eqn:r1; [|easy]. apply IHp2. apply hold_app; [exact h|]. apply cons1, nfact_ok. intro y.
    assert (h' : hold (setat Y e j y) G).
    { unfold hold. rewrite Forall_forall. intros f hin. unfold hold in h. rewrite Forall_forall in h. specialize (h f hin).
      assert (ff : free j (tmf f) = false).
      { destruct (free j (tmf f)) eqn:q; [|reflexivity]. rewrite <- f2. symmetry. apply existsb_exists. eauto. }
      unfold holds in *. destruct (al f); [intro z|]; rewrite free_ok by exact ff; auto. }
    destruct (IHp1 _ G _ H h' r1) as [_ w]. apply (proj1 (nfact_ok _ _)) in w. unfold holds in w. cbn [al rlf tmf plain] in w. rewrite put0 in w. cbn [look setat at_] in w. rewrite Nat.eqb_refl in w.
    rewrite free_ok in w by exact f1. exact w.
  - destruct (run _ g p1) as [H1|] eqn:r1; [|easy]. destruct (run _ g p2) as [H2|] eqn:r2; [|easy]. intro q. inversion q; subst. split; [exact h|].
    destruct (Rge_gt_dec (den Y e [] t) 0) as [c|c].
    + apply (IHp1 e _ g H1) in r1; [tauto|]. apply hold_app; [exact h|]. apply cons1, nfact_ok. exact c.
    + apply (IHp2 e _ g H2) in r2; [tauto|]. apply hold_app; [exact h|]. apply cons1, nfact_ok. cbn. lra.
  - destruct (_ || _) eqn:c; [easy|]. apply orb_false_iff in c as [c c4]. apply orb_false_iff in c as [c c3]. apply orb_false_iff in c as [c1 c2].
    apply negb_false_iff in c4. destruct (get G k) as [f|] eqn:n; [|easy].
    assert (since : var e x >= den Y e [] a).
    { assert (w : holds e (plain GE (minus (V x) a))).
      { apply (implies_ok e f _ c4). unfold get in n. destruct (nth_error G k) as [[[|] u q]|] eqn:m; inversion n; subst. exact (nth_ok e G k _ h m). }
      cbn in w. lra. }
    set (G' := filter _ G). set (t' := nf t).
    destruct (run G' _ p1) as [H1|] eqn:r1; [|easy]. destruct (run _ _ p2) as [H2|] eqn:r2; [|easy].
    destruct (forallb _ _) eqn:dd; [|easy]. intro q. apply (IHp3 e) in q; [exact q|]. apply hold_app; [exact h|]. apply cons1, nfact_ok.
    assert (h' : forall q, hold (setvar Y e x q) G').
    { intro q0. unfold hold. apply Forall_forall. intros f0 hin. unfold G' in hin. apply filter_In in hin as [hin u]. apply negb_true_iff in u.
      unfold hold in h. rewrite Forall_forall in h. specialize (h f0 hin). unfold holds in *.
      destruct (al f0); [intro z|]; rewrite uses_ok by exact u; auto. }
    assert (A : hold e G').
    { unfold hold, G'. apply Forall_forall. intros f0 hin. apply filter_In in hin as [hin _]. unfold hold in h. rewrite Forall_forall in h. auto. }
    destruct (IHp1 e G' _ H1 A r1) as [_ w1]. apply (proj1 (nfact_ok _ _)) in w1. unfold holds in w1. cbn [al rlf tmf plain] in w1. rewrite (setv_ok Y e x a t c1) in w1.
    set (al0 := den Y e [] a) in *.
    assert (B : forall q0, al0 <= q0 -> den Y (setvar Y e x q0) [] (deriv (steady x) unknown t') >= 0 /\
      derivable_pt_lim (fun q => den Y (setvar Y e x q) [] t) q0 (den Y (setvar Y e x q0) [] (deriv (steady x) unknown t'))).
    { intros q0 hq. assert (w : hold (setvar Y e x q0) (G' ++ [nfact (plain GE (minus (V x) a))])).
      { apply hold_app; [apply h'|]. apply cons1, (proj2 (nfact_ok _ _)). unfold holds. cbn [al rlf tmf plain minus den rel setvar var].
        rewrite Nat.eqb_refl, uses_ok by exact c2. fold al0. lra. }
      destruct (IHp2 _ _ _ _ w r2) as [w2 w3]. apply (proj1 (nfact_ok _ _)) in w3. split; [exact w3|].
      apply (dext (fun q => den Y (setvar Y e x q) [] t')); [intro; apply nf_ok|].
      apply (deriv_ok Y (steady x) unknown _ _ _ (steady_ok e x q0)).
      rewrite forallb_forall in dd. apply Forall_forall. intros o ho. apply (paid_ok _ H2 [] o w2). exact (dd o ho). }
    assert (C : den Y (setvar Y e x (var e x)) [] t >= den Y (setvar Y e x al0) [] t).
    { apply (grows (fun q => den Y (setvar Y e x q) [] t) (fun q => den Y (setvar Y e x q) [] (deriv (steady x) unknown t'))); [lra| |]; intros q0 hq; apply B; exact hq. }
    assert (D : den Y (setvar Y e x (var e x)) [] t = den Y e [] t).
    { apply den_same; intros; simpl; try reflexivity. destruct (x =? x0) eqn:xx; [|reflexivity]. apply Nat.eqb_eq in xx. now subst. }
    rewrite D in C. unfold holds. cbn. destruct r; [discriminate c3 | unfold rel in *; lra | unfold rel in *; lra].
Qed.
Lemma runs_ok e gs : forall G ps G2, hold e G -> runs G gs ps = Some G2 -> hold e G2 /\ hold e gs.
Proof.
  induction gs as [|g gs IH]; intros G [|p ps] G2 h; cbn [runs]; try easy.
  - intro q. inversion q; subst. split; [exact h | constructor].
  - destruct (run G (nfact g) p) as [H|] eqn:r; [|easy]. destruct (run_ok p e G _ H h r) as [h1 h2]. intro q.
    destruct (IH (H ++ [nfact g]) ps G2) as [h3 h4]; [apply hold_app; [exact h1 | apply cons1, h2] | exact q|].
    split; [exact h3|]. constructor; [apply nfact_ok, h2 | exact h4].
Qed.
Theorem proves_ok G gs ds ps : proves G gs ds ps = true -> forall e, hold e G ->
  hold e gs /\ Forall (fun d => forall s, length s = fst d -> meets Y e s (snd d)) ds.
Proof.
  unfold proves. destruct (runs (map nfact G) gs ps) as [H|] eqn:r; [|easy]. intros q e h.
  destruct (runs_ok e gs _ ps H (hold_map e G h) r) as [h1 h2]. split; [exact h2|].
  rewrite forallb_forall in q. apply Forall_forall. intros [b o] ho s l. specialize (q _ ho). cbn in q, l. subst. exact (paid_ok e H s o h1 q).
Qed.
End Sound.
