(* The language of certificates, its normal form and its rules, each proved sound from Coq's own real numbers. *)
Require Import Reals Lra Lia List QArith Qreals Bool Arith.
Import ListNotations.
Open Scope R_scope.
Arguments Qred : simpl never.
Arguments Qplus : simpl never.
Arguments Qmult : simpl never.
Arguments Qinv : simpl never.
Arguments Qopp : simpl never.

(* Answers: a finite set that is not empty, of whatever it may be. *)
Record answers := {
  answer :> Type;
  same : forall i j : answer, {i = j} + {i <> j};
  listed : list answer;
  once : NoDup listed;
  every : forall i, In i listed;
  some : answer }.

Definition over {Y : Type} (l : list Y) (f : Y -> R) : R := fold_right (fun j s => f j + s) 0 l.
Definition Sum {Y : answers} (f : Y -> R) : R := over (listed Y) f.
Definition n (Y : answers) : R := INR (length (listed Y)).
Definition delta {Y : answers} (i j : Y) : R := if same Y i j then 1 else 0.
Definition pos (x : R) : R := Rmax 0 x.

Section Sums.
Variable Y : answers.
Implicit Types f g : Y -> R.

Lemma over_ext (l : list Y) f g : (forall j, f j = g j) -> over l f = over l g.
Proof. intro h. induction l; simpl; [easy|]. now rewrite h, IHl. Qed.
Lemma Sum_ext f g : (forall j, f j = g j) -> Sum f = Sum g.
Proof. apply over_ext. Qed.
Lemma Sum_plus f g : Sum (fun j => f j + g j) = Sum f + Sum g.
Proof. unfold Sum. induction (listed Y); simpl; [ring|]. rewrite IHl. ring. Qed.
Lemma Sum_scal c f : Sum (fun j => c * f j) = c * Sum f.
Proof. unfold Sum. induction (listed Y); simpl; [ring|]. rewrite IHl. ring. Qed.
Lemma Sum_zero f : (forall j, f j = 0) -> Sum f = 0.
Proof. intro h. unfold Sum. induction (listed Y); simpl; [easy|]. rewrite h, IHl. ring. Qed.
Lemma Sum_one : Sum (fun _ : Y => 1) = n Y.
Proof.
  unfold Sum, n. induction (listed Y); [easy|]. change (length (a :: l)) with (S (length l)). rewrite S_INR. simpl over.
  unfold over in *. rewrite IHl. ring.
Qed.
Lemma over_cons (l : list Y) i f : over (i :: l) f = f i + over l f.
Proof. reflexivity. Qed.
Lemma over_out (l : list Y) i f : ~ In i l -> over l (fun j => delta i j * f j) = 0.
Proof.
  induction l as [|a l IH]; [easy|]. intro h. simpl in h. rewrite over_cons, IH by tauto.
  unfold delta. destruct (same Y i a); [exfalso; auto | ring].
Qed.
Lemma Sum_delta i f : Sum (fun j => delta i j * f j) = f i.
Proof.
  unfold Sum. pose proof (once Y) as nd. pose proof (every Y i) as h. revert nd h.
  induction (listed Y) as [|a l IH]; [easy|]. intros nd [->|h]; inversion nd; subst; rewrite over_cons.
  - rewrite over_out by auto. unfold delta. destruct (same Y i i); [ring | congruence].
  - rewrite IH by auto. unfold delta. destruct (same Y i a); [subst; contradiction | ring].
Qed.
Lemma over_ge (l : list Y) f : (forall j, f j >= 0) -> over l f >= 0.
Proof. intro h. induction l as [|a l IH]; [unfold over; simpl; lra|]. rewrite over_cons. pose proof (h a). lra. Qed.
Lemma Sum_ge f : (forall j, f j >= 0) -> Sum f >= 0.
Proof. apply over_ge. Qed.
Lemma Sum_drop f i : (forall j, f j >= 0) -> Sum f - f i >= 0.
Proof.
  intro g. unfold Sum. pose proof (every Y i) as h. revert h. induction (listed Y) as [|a l IH]; [easy|]. rewrite over_cons. intros [->|h].
  - pose proof (over_ge l f g). lra.
  - pose proof (g a). specialize (IH h). lra.
Qed.
Lemma Sum_gt f : (forall j, f j > 0) -> Sum f > 0.
Proof.
  intro h. assert (g : forall j, f j >= 0) by (intro j; specialize (h j); lra).
  pose proof (Sum_drop f (some Y) g). pose proof (h (some Y)). lra.
Qed.
Lemma delta_refl (i : Y) : delta i i = 1.
Proof. unfold delta. destruct (same Y i i); congruence. Qed.
Lemma delta_sym (i j : Y) : delta i j = delta j i.
Proof. unfold delta. destruct (same Y i j), (same Y j i); congruence. Qed.
Lemma delta_idem (i j : Y) : delta i j * delta i j = delta i j.
Proof. unfold delta. destruct (same Y i j); ring. Qed.
Lemma delta_inv (i j : Y) : / delta i j = delta i j.
Proof. unfold delta. destruct (same Y i j); [apply Rinv_1 | apply Rinv_0]. Qed.
Lemma delta_put (i j : Y) f : delta i j * (f j - f i) = 0.
Proof. unfold delta. destruct (same Y i j) as [->|]; ring. Qed.
End Sums.

(* Terms. An index is bound, by the k-th sum outwards, or has a name. *)
Inductive ix := B (k : nat) | N (k : nat).
Inductive tm :=
| Num (q : Q) | Card | V (x : nat) | Fm (f : nat) (l : list ix) | Dl (i j : ix)
| Add (a b : tm) | Mul (a b : tm) | Neg (a : tm) | Inv (a : tm) | Exp (a : tm) | Ln (a : tm) | Pos (a : tm) | Sm (a : tm)
| Abs (a : tm) | Mx (a b : tm) | Mn (a b : tm).

Definition ix_eq (i j : ix) : {i = j} + {i <> j}.
Proof. decide equality; apply Nat.eq_dec. Defined.
Definition q_eq (p q : Q) : {p = q} + {p <> q}.
Proof. decide equality; [apply Pos.eq_dec | apply Z.eq_dec]. Defined.
Definition tm_eq (a b : tm) : {a = b} + {a <> b}.
Proof. decide equality; try apply Nat.eq_dec; try apply ix_eq; try apply q_eq. apply list_eq_dec, ix_eq. Defined.

(* An order, by which monomials and factors are sorted. Nothing rests on it. *)
Definition ixc (i j : ix) : comparison :=
  match i, j with B a, B b | N a, N b => Nat.compare a b | B _, N _ => Lt | N _, B _ => Gt end.
Definition qc (p q : Q) : comparison :=
  match Z.compare (Qnum p) (Qnum q) with Eq => Pos.compare (Qden p) (Qden q) | c => c end.
Fixpoint lc {A} (c : A -> A -> comparison) (l m : list A) : comparison :=
  match l, m with [], [] => Eq | [], _ => Lt | _, [] => Gt | a :: l', b :: m' => match c a b with Eq => lc c l' m' | r => r end end.
Definition tag (a : tm) : nat :=
  match a with Num _ => 0 | Card => 1 | V _ => 2 | Fm _ _ => 3 | Dl _ _ => 4 | Add _ _ => 5 | Mul _ _ => 6 | Neg _ => 7 | Inv _ => 8
  | Exp _ => 9 | Ln _ => 10 | Pos _ => 11 | Sm _ => 12 | Abs _ => 13 | Mx _ _ => 14 | Mn _ _ => 15 end.
Fixpoint tc (a b : tm) : comparison :=
  match a, b with
  | Num p, Num q => qc p q
  | V x, V y => Nat.compare x y
  | Fm f l, Fm g m => match Nat.compare f g with Eq => lc ixc l m | r => r end
  | Dl i j, Dl k l => match ixc i k with Eq => ixc j l | r => r end
  | Add a b, Add c d | Mul a b, Mul c d | Mx a b, Mx c d | Mn a b, Mn c d => match tc a c with Eq => tc b d | r => r end
  | Neg a, Neg c | Inv a, Inv c | Exp a, Exp c | Ln a, Ln c | Pos a, Pos c | Sm a, Sm c | Abs a, Abs c => tc a c
  | _, _ => Nat.compare (tag a) (tag b)
  end.

(* Index i for the k-th bound one; those beyond it are one sum nearer. *)
Definition up (i : ix) : ix := match i with B m => B (S m) | N m => N m end.
Definition putix (k : nat) (i j : ix) : ix :=
  match j with N m => N m | B m => if m <? k then B m else if m =? k then i else B (pred m) end.
Fixpoint put (k : nat) (i : ix) (t : tm) : tm :=
  match t with
  | Num _ | Card | V _ => t
  | Fm f l => Fm f (map (putix k i) l)
  | Dl a b => Dl (putix k i a) (putix k i b)
  | Add a b => Add (put k i a) (put k i b) | Mul a b => Mul (put k i a) (put k i b)
  | Mx a b => Mx (put k i a) (put k i b) | Mn a b => Mn (put k i a) (put k i b)
  | Neg a => Neg (put k i a) | Inv a => Inv (put k i a) | Exp a => Exp (put k i a) | Ln a => Ln (put k i a)
  | Pos a => Pos (put k i a) | Abs a => Abs (put k i a)
  | Sm a => Sm (put (S k) (up i) a)
  end.

(* Whether an index, counted from k sums further in, satisfies p, or a variable v, or a family f. *)
Fixpoint any (p : nat -> ix -> bool) (v f : nat -> bool) (k : nat) (t : tm) : bool :=
  match t with
  | Num _ | Card => false
  | V x => v x
  | Fm g l => f g || existsb (p k) l
  | Dl i j => p k i || p k j
  | Add a b | Mul a b | Mx a b | Mn a b => any p v f k a || any p v f k b
  | Neg a | Inv a | Exp a | Ln a | Pos a | Abs a => any p v f k a
  | Sm a => any p v f (S k) a
  end.
Definition no (_ : nat) := false.
Definition bound (k : nat) (t : tm) := any (fun k i => match i with B m => m =? k | N _ => false end) no no k t.
Definition free (j : nat) (t : tm) := any (fun _ i => match i with N m => m =? j | B _ => false end) no no 0 t.
Definition loose (k : nat) (t : tm) := any (fun k i => match i with B m => k <=? m | N _ => false end) no no k t.
Definition moves (v f : nat -> bool) (t : tm) := any (fun _ _ => false) v f 0 t.
Definition uses (x : nat) (t : tm) := moves (Nat.eqb x) no t.

Fixpoint setv (x : nat) (u t : tm) : tm :=
  match t with
  | V y => if x =? y then u else t
  | Num _ | Card | Fm _ _ | Dl _ _ => t
  | Add a b => Add (setv x u a) (setv x u b) | Mul a b => Mul (setv x u a) (setv x u b)
  | Mx a b => Mx (setv x u a) (setv x u b) | Mn a b => Mn (setv x u a) (setv x u b)
  | Neg a => Neg (setv x u a) | Inv a => Inv (setv x u a) | Exp a => Exp (setv x u a) | Ln a => Ln (setv x u a)
  | Pos a => Pos (setv x u a) | Abs a => Abs (setv x u a) | Sm a => Sm (setv x u a)
  end.

(* Polynomials: sums of c·(product of factors)·exp(Σ q·t). *)
Record mono := M { co : Q; fs : list tm; ex : list (Q * tm) }.
Definition poly := list mono.
Definition zeroq (q : Q) : bool := Qeq_bool q 0.
Arguments zeroq : simpl never.

Fixpoint lins (q : Q) (t : tm) (l : list (Q * tm)) : list (Q * tm) :=
  match l with
  | [] => [(q, t)]
  | (r, u) :: l' => match tc t u with
    | Lt => (q, t) :: l
    | Gt => (r, u) :: lins q t l'
    | Eq => if tm_eq t u then let s := Qred (q + r) in if zeroq s then l' else (s, u) :: l' else (r, u) :: lins q t l'
    end
  end.
Definition ladd (l m : list (Q * tm)) := fold_right (fun p acc => lins (fst p) (snd p) acc) m l.
Definition lneg (l : list (Q * tm)) := map (fun p => (Qopp (fst p), snd p)) l.
Fixpoint fins (t : tm) (l : list tm) : list tm :=
  match l with
  | [] => [t]
  | u :: l' => match tc t u with
    | Lt => t :: l
    | Gt => u :: fins t l'
    | Eq => if tm_eq t u then match t with Dl _ _ => l | _ => t :: l end else u :: fins t l'
    end
  end.
Definition fmul (l m : list tm) := fold_right fins m l.
Definition ec (a b : Q * tm) : comparison := match tc (snd a) (snd b) with Eq => qc (fst a) (fst b) | r => r end.
Definition kc (a b : mono) : comparison := match lc tc (fs a) (fs b) with Eq => lc ec (ex a) (ex b) | r => r end.
Definition e_eq (a b : Q * tm) : {a = b} + {a <> b}.
Proof. decide equality; [apply tm_eq | apply q_eq]. Defined.
Fixpoint pins (m : mono) (p : poly) : poly :=
  match p with
  | [] => [m]
  | o :: p' => match kc m o with
    | Lt => m :: p
    | Gt => o :: pins m p'
    | Eq => if list_eq_dec tm_eq (fs m) (fs o) then if list_eq_dec e_eq (ex m) (ex o)
            then let s := Qred (co m + co o) in if zeroq s then p' else M s (fs o) (ex o) :: p'
            else o :: pins m p' else o :: pins m p'
    end
  end.
Definition padd (p q : poly) : poly := fold_right pins q p.
Definition mmul (a b : mono) : mono := M (Qred (co a * co b)) (fmul (fs a) (fs b)) (ladd (ex a) (ex b)).
Definition pmul (p q : poly) : poly := fold_right (fun a acc => padd (map (mmul a) q) acc) [] p.
Definition pscale (c : Q) (p : poly) : poly := if zeroq c then [] else map (fun m => M (Qred (c * co m)) (fs m) (ex m)) p.

Definition bfs (l : list tm) : tm := fold_right Mul (Num 1) l.
Definition bex (l : list (Q * tm)) : tm := fold_right (fun p acc => Add (Mul (Num (fst p)) (snd p)) acc) (Num 0) l.
Definition bmono (f : list tm) (x : list (Q * tm)) : tm := match x with [] => bfs f | _ => Mul (bfs f) (Exp (bex x)) end.
Definition back (p : poly) : tm := fold_right (fun m acc => Add (Mul (Num (co m)) (bmono (fs m) (ex m))) acc) (Num 0) p.

Definition atom (t : tm) : poly := [M 1 [t] []].
Definition number (q : Q) : poly := if zeroq q then [] else [M (Qred q) [] []].
Definition isnum (p : poly) : option Q := match p with [] => Some 0%Q | [M q [] []] => Some q | _ => None end.
Definition lin (p : poly) : list (Q * tm) := fold_right (fun m acc => lins (co m) (bmono (fs m) (ex m)) acc) [] p.
Definition ppos (p : poly) : poly :=
  match isnum p with Some q => if Qle_bool q 0 then [] else number q | None => atom (Pos (back p)) end.
Definition pneg := pscale (-1).

(* A factor d(i,·) of the innermost bound index, and the others. *)
Fixpoint pick (l : list tm) : option (ix * list tm) :=
  match l with
  | [] => None
  | f :: r =>
    let more := match pick r with Some (k, r') => Some (k, f :: r') | None => None end in
    match f with
    | Dl i j => if ix_eq i (B 0) then Some (j, r) else if ix_eq j (B 0) then Some (i, r) else more
    | _ => more
    end
  end.
Definition low (t : tm) : tm := put 0 (N 0) t.

Section Normal.
Variable again : tm -> poly. (* of what is made on the way *)
Definition invf (f : tm) : poly := match f with Inv t => again t | Dl _ _ => atom f | _ => atom (Inv (back (atom f))) end.
Definition pinv (p : poly) : poly :=
  match p with
  | [] => []
  | [m] => fold_right (fun f acc => pmul (invf f) acc) [M (Qred (/ co m)) [] (lneg (ex m))] (fs m)
  | _ => atom (Inv (back p))
  end.
Definition pln (p : poly) : poly :=
  match p with
  | [M c [] x] => if Qeq_bool c 1 then fold_right (fun a acc => padd (pscale (fst a) (again (snd a))) acc) [] x else atom (Ln (back p))
  | _ => atom (Ln (back p))
  end.
Definition inner (l : list tm) (x : list (Q * tm)) : poly :=
  match pick l with
  | Some (i, r) => if ix_eq i (B 0) then atom (Sm (bmono l x)) else again (put 0 (putix 0 (N 0) i) (bmono r x))
  | None => match l, x with [], [] => atom Card | _, _ => atom (Sm (back [M 1 l x])) end
  end.
Definition msum (m : mono) : poly :=
  pmul [M (co m) (map low (filter (fun f => negb (bound 0 f)) (fs m))) (map (fun a => (fst a, low (snd a))) (filter (fun a => negb (bound 0 (snd a))) (ex m)))]
       (inner (filter (bound 0) (fs m)) (filter (fun a => bound 0 (snd a)) (ex m))).
Definition psum (p : poly) : poly := fold_right (fun m acc => padd (msum m) acc) [] p.
Fixpoint norm1 (t : tm) : poly :=
  match t with
  | Num q => number q
  | Card | V _ | Fm _ _ => atom t
  | Dl i j => if ix_eq i j then number 1 else atom (match ixc i j with Gt => Dl j i | _ => t end)
  | Add a b => padd (norm1 a) (norm1 b)
  | Mul a b => pmul (norm1 a) (norm1 b)
  | Neg a => pneg (norm1 a)
  | Exp a => [M 1 [] (lin (norm1 a))]
  | Inv a => pinv (norm1 a)
  | Ln a => pln (norm1 a)
  | Pos a => ppos (norm1 a)
  | Abs a => padd (ppos (norm1 a)) (ppos (pneg (norm1 a)))
  | Mx a b => padd (norm1 b) (ppos (padd (norm1 a) (pneg (norm1 b))))
  | Mn a b => padd (norm1 b) (pneg (ppos (padd (norm1 b) (pneg (norm1 a)))))
  | Sm a => psum (norm1 a)
  end.
End Normal.
Fixpoint norm (k : nat) (t : tm) : poly := match k with O => atom t | S k => norm1 (norm k) t end.
Definition nf (t : tm) : tm := back (norm 3 t).
Definition zero (t : tm) : bool := match norm 3 t with [] => true | _ => false end.
Definition equal (a b : tm) : bool := zero (Add a (Neg b)).

(* What terms mean. *)
Record env (Y : answers) := E { var : nat -> R; fam : nat -> list Y -> R; at_ : nat -> Y }.
Arguments E {Y}. Arguments var {Y}. Arguments fam {Y}. Arguments at_ {Y}.
Definition rat (q : Q) : R := match q with (z # 1)%Q => IZR z | (z # p)%Q => IZR z / IZR (Zpos p) end.

Section Meaning.
Variable Y : answers.
Implicit Types (e : env Y) (s : list Y) (t : tm).
Definition look e s (i : ix) : Y := match i with B k => nth k s (some Y) | N k => at_ e k end.
Fixpoint den e s t : R :=
  match t with
  | Num q => rat q
  | Card => n Y
  | V x => var e x
  | Fm f l => fam e f (map (look e s) l)
  | Dl i j => delta (look e s i) (look e s j)
  | Add a b => den e s a + den e s b
  | Mul a b => den e s a * den e s b
  | Neg a => - den e s a
  | Inv a => / den e s a
  | Exp a => exp (den e s a)
  | Ln a => ln (den e s a)
  | Pos a => pos (den e s a)
  | Sm a => Sum (fun j => den e (j :: s) a)
  | Abs a => Rabs (den e s a)
  | Mx a b => Rmax (den e s a) (den e s b)
  | Mn a b => Rmin (den e s a) (den e s b)
  end.
Definition prod e s (l : list tm) : R := fold_right (fun t r => den e s t * r) 1 l.
Definition expo e s (l : list (Q * tm)) : R := fold_right (fun a r => Q2R (fst a) * den e s (snd a) + r) 0 l.
Definition dm e s (m : mono) : R := Q2R (co m) * (prod e s (fs m) * exp (expo e s (ex m))).
Definition dp e s (p : poly) : R := fold_right (fun m r => dm e s m + r) 0 p.

Lemma rat_ok q : rat q = Q2R q.
Proof. destruct q as [z [p|p|]]; unfold rat, Q2R; simpl; try reflexivity. rewrite Rinv_1. ring. Qed.
Lemma Q2R_red q : Q2R (Qred q) = Q2R q.
Proof. apply Qeq_eqR, Qred_correct. Qed.
Lemma zeroq_ok q : zeroq q = true -> Q2R q = 0.
Proof. intro h. apply Qeq_bool_eq in h. rewrite (Qeq_eqR _ _ h). unfold Q2R. simpl. lra. Qed.
Lemma Q2R_1 : Q2R 1 = 1. Proof. unfold Q2R. simpl. lra. Qed.
Lemma Q2R_0 : Q2R 0 = 0. Proof. unfold Q2R. simpl. lra. Qed.

(* Polynomials. *)
Lemma lins_ok e s q t l : expo e s (lins q t l) = Q2R q * den e s t + expo e s l.
Proof.
  induction l as [|[r u] l IH]; simpl; [reflexivity|].
  destruct (tc t u); simpl; try (rewrite IH; ring); try ring.
  destruct (tm_eq t u) as [->|]; simpl; [|rewrite IH; ring].
  assert (h : Q2R (Qred (q + r)) = Q2R q + Q2R r) by (rewrite Q2R_red; apply Q2R_plus).
  destruct (zeroq (Qred (q + r))) eqn:z; simpl.
  - apply zeroq_ok in z. rewrite z in h. replace (Q2R q) with (- Q2R r) by lra. ring.
  - rewrite h. ring.
Qed.
Lemma ladd_ok e s l m : expo e s (ladd l m) = expo e s l + expo e s m.
Proof. induction l as [|[q t] l IH]; simpl; [ring|]. rewrite lins_ok, IH. simpl. ring. Qed.
Lemma lneg_ok e s l : expo e s (lneg l) = - expo e s l.
Proof. induction l as [|[q t] l IH]; simpl; [ring|]. rewrite IH, Q2R_opp. ring. Qed.
Lemma fins_ok e s t l : prod e s (fins t l) = den e s t * prod e s l.
Proof.
  induction l as [|u l IH]; simpl; [reflexivity|].
  destruct (tc t u); simpl; try (rewrite IH; ring); try ring.
  destruct (tm_eq t u) as [->|]; simpl; [|rewrite IH; ring].
  destruct u; simpl; try ring. rewrite <- Rmult_assoc, delta_idem. reflexivity.
Qed.
Lemma fmul_ok e s l m : prod e s (fmul l m) = prod e s l * prod e s m.
Proof. induction l as [|t l IH]; simpl; [ring|]. rewrite fins_ok, IH. ring. Qed.
Lemma pins_ok e s m p : dp e s (pins m p) = dm e s m + dp e s p.
Proof.
  induction p as [|o p IH]; simpl; [reflexivity|].
  destruct (kc m o); simpl; try (rewrite IH; ring); try ring.
  destruct (list_eq_dec tm_eq (fs m) (fs o)) as [h|]; [|simpl; rewrite IH; ring].
  destruct (list_eq_dec e_eq (ex m) (ex o)) as [g|]; [|simpl; rewrite IH; ring].
  assert (k : Q2R (Qred (co m + co o)) = Q2R (co m) + Q2R (co o)) by (rewrite Q2R_red; apply Q2R_plus).
  destruct (zeroq _) eqn:z; simpl.
  - apply zeroq_ok in z. rewrite z in k. unfold dm. rewrite h, g. replace (Q2R (co m)) with (- Q2R (co o)) by lra. ring.
  - unfold dm. simpl. rewrite h, g, k. ring.
Qed.
Lemma padd_ok e s p q : dp e s (padd p q) = dp e s p + dp e s q.
Proof. induction p as [|m p IH]; simpl; [ring|]. rewrite pins_ok, IH. ring. Qed.
Lemma mmul_ok e s a b : dm e s (mmul a b) = dm e s a * dm e s b.
Proof. unfold dm, mmul. simpl. rewrite Q2R_red, Q2R_mult, fmul_ok, ladd_ok, exp_plus. ring. Qed.
Lemma pmul_ok e s p q : dp e s (pmul p q) = dp e s p * dp e s q.
Proof.
  induction p as [|m p IH]; simpl; [ring|]. rewrite padd_ok, IH.
  assert (dp e s (map (mmul m) q) = dm e s m * dp e s q) as ->; [|ring].
  clear. induction q as [|o q IH]; simpl; [ring|]. rewrite IH, mmul_ok. ring.
Qed.
Lemma pscale_ok e s c p : dp e s (pscale c p) = Q2R c * dp e s p.
Proof.
  unfold pscale. destruct (zeroq c) eqn:z; [apply zeroq_ok in z; rewrite z; simpl; ring|]. clear z.
  induction p as [|m p IH]; simpl; [ring|]. rewrite IH. unfold dm. simpl. rewrite Q2R_red, Q2R_mult. ring.
Qed.
Lemma pneg_ok e s p : dp e s (pneg p) = - dp e s p.
Proof. unfold pneg. rewrite pscale_ok. unfold Q2R. simpl. lra. Qed.
Lemma bfs_ok e s l : den e s (bfs l) = prod e s l.
Proof. induction l; simpl; [reflexivity|]. unfold bfs in *. now rewrite IHl. Qed.
Lemma bex_ok e s l : den e s (bex l) = expo e s l.
Proof. induction l as [|[q t] l IH]; simpl; [reflexivity|]. unfold bex in *. rewrite IH, rat_ok. reflexivity. Qed.
Lemma bmono_ok e s f x : den e s (bmono f x) = prod e s f * exp (expo e s x).
Proof.
  unfold bmono. destruct x as [|a x]; [simpl; rewrite bfs_ok, exp_0; ring|].
  cbn [den]. rewrite bfs_ok, bex_ok. reflexivity.
Qed.
Lemma back_ok e s p : den e s (back p) = dp e s p.
Proof. induction p as [|m p IH]; simpl; [reflexivity|]. unfold back in *. rewrite IH, rat_ok, bmono_ok. reflexivity. Qed.
Lemma atom_ok e s t : dp e s (atom t) = den e s t.
Proof. unfold atom, dp, dm. simpl. rewrite exp_0, Q2R_1. ring. Qed.
Lemma number_ok e s q : dp e s (number q) = Q2R q.
Proof.
  unfold number. destruct (zeroq q) eqn:z; [apply zeroq_ok in z; rewrite z; reflexivity|].
  unfold dp, dm. simpl. rewrite Q2R_red, exp_0. ring.
Qed.
Lemma isnum_ok e s p q : isnum p = Some q -> dp e s p = Q2R q.
Proof.
  destruct p as [|[c [|] [|]] [|]]; simpl; intro h; inversion h; subst; [symmetry; apply Q2R_0|].
  unfold dm. simpl. rewrite exp_0. ring.
Qed.
Lemma lin_ok e s p : expo e s (lin p) = dp e s p.
Proof. induction p as [|m p IH]; simpl; [reflexivity|]. unfold lin in *. rewrite lins_ok, IH, bmono_ok. reflexivity. Qed.
Lemma pos_le x : x <= 0 -> pos x = 0. Proof. intro. unfold pos. apply Rmax_left. lra. Qed.
Lemma pos_ge x : x >= 0 -> pos x = x. Proof. intro. unfold pos. apply Rmax_right. lra. Qed.
Lemma ppos_ok e s p : dp e s (ppos p) = pos (dp e s p).
Proof.
  unfold ppos. destruct (isnum p) as [q|] eqn:h; [|rewrite atom_ok; simpl; now rewrite back_ok].
  rewrite (isnum_ok _ _ _ _ h). destruct (Qle_bool q 0) eqn:l.
  - apply Qle_bool_iff, Qle_Rle in l. rewrite Q2R_0 in l. rewrite pos_le by lra. reflexivity.
  - rewrite number_ok. rewrite pos_ge; [reflexivity|].
    destruct (Qlt_le_dec 0 q) as [g|g]; [apply Qlt_Rlt in g; rewrite Q2R_0 in g; lra|].
    apply Qle_bool_iff in g. congruence.
Qed.
Lemma abs_is x : Rabs x = pos x + pos (- x).
Proof. unfold Rabs. destruct (Rcase_abs x); [rewrite pos_le, pos_ge by lra | rewrite pos_ge, pos_le by lra]; ring. Qed.
Lemma max_is x y : Rmax x y = y + pos (x - y).
Proof. unfold Rmax. destruct (Rle_dec x y); [rewrite pos_le by lra | rewrite pos_ge by lra]; ring. Qed.
Lemma min_is x y : Rmin x y = y - pos (y - x).
Proof. unfold Rmin. destruct (Rle_dec x y); [rewrite pos_ge by lra | rewrite pos_le by lra]; ring. Qed.

(* Indices. *)
Lemma map_ext' {A C} (f g : A -> C) (p : A -> bool) l : existsb p l = false -> (forall x, p x = false -> f x = g x) -> map f l = map g l.
Proof. intros h k. induction l; simpl in *; [easy|]. apply orb_false_iff in h as [h1 h2]. now rewrite k, IHl. Qed.
Lemma look_put e s1 s2 i j : look e (s1 ++ s2) (putix (length s1) i j) = look e (s1 ++ look e (s1 ++ s2) i :: s2) j.
Proof.
  destruct j as [m|m]; simpl; [|reflexivity].
  destruct (m <? length s1) eqn:l; simpl.
  - apply Nat.ltb_lt in l. now rewrite !app_nth1 by lia.
  - apply Nat.ltb_ge in l. destruct (m =? length s1) eqn:g.
    + apply Nat.eqb_eq in g. subst. rewrite app_nth2, Nat.sub_diag by lia. reflexivity.
    + apply Nat.eqb_neq in g. simpl. rewrite !app_nth2 by lia.
      replace (m - length s1)%nat with (S (pred m - length s1)) by lia. reflexivity.
Qed.
Lemma put_ok t : forall e s1 s2 i, den e (s1 ++ s2) (put (length s1) i t) = den e (s1 ++ look e (s1 ++ s2) i :: s2) t.
Proof.
  induction t; intros; simpl; try reflexivity; try (rewrite ?IHt, ?IHt1, ?IHt2; reflexivity).
  - rewrite map_map. f_equal. apply map_ext. intro j. apply look_put.
  - now rewrite !look_put.
  - apply Sum_ext. intro j. specialize (IHt e (j :: s1) s2 (up i)). simpl in IHt. rewrite IHt. destruct i; reflexivity.
Qed.
Lemma put0 e s i t : den e s (put 0 i t) = den e (look e s i :: s) t.
Proof. exact (put_ok t e [] s i). Qed.

(* What a term does not have does not matter. *)
Lemma any_ok (p : nat -> ix -> bool) v f t : forall e e' s s' k,
  (forall s0 i, p (length s0 + k)%nat i = false -> look e (s0 ++ s) i = look e' (s0 ++ s') i) ->
  (forall x, v x = false -> var e x = var e' x) -> (forall g l, f g = false -> fam e g l = fam e' g l) ->
  any p v f k t = false -> den e s t = den e' s' t.
Proof.
  induction t; intros e e' s s' m hp hv hf; simpl; intro h; try reflexivity;
  try (apply orb_false_iff in h as [h1 h2]); try (erewrite ?IHt, ?IHt1, ?IHt2 by eassumption; reflexivity).
  - now apply hv.
  - rewrite (map_ext' (look e s) (look e' s') (p m) l h2) by (intro; apply (hp [])). now apply hf.
  - pose proof (hp [] i h1) as g1. pose proof (hp [] j h2) as g2. simpl in g1, g2. now rewrite g1, g2.
  - apply Sum_ext. intro j. apply (IHt e e' (j :: s) (j :: s') (S m)); auto.
    intros s0 i. specialize (hp (s0 ++ [j]) i). rewrite app_length, <- !app_assoc in hp. simpl in hp.
    replace (length s0 + 1 + m)%nat with (length s0 + S m)%nat in hp by lia. exact hp.
Qed.
Lemma bound_ok e v w s t : bound 0 t = false -> den e (v :: s) t = den e (w :: s) t.
Proof.
  unfold bound. apply any_ok; [|auto..]. intros s0 [m|m] h; simpl; [|reflexivity]. rewrite Nat.add_0_r in h.
  apply Nat.eqb_neq in h. destruct (Nat.lt_ge_cases m (length s0)); [now rewrite !app_nth1 by lia|].
  rewrite !app_nth2 by lia. destruct (m - length s0)%nat eqn:g; [lia | reflexivity].
Qed.
Lemma low_ok e v s t : bound 0 t = false -> den e s (low t) = den e (v :: s) t.
Proof. intro h. unfold low. rewrite put0. now apply bound_ok. Qed.
Lemma loose_ok e s1 s2 s3 t : loose (length s1) t = false -> den e (s1 ++ s2) t = den e (s1 ++ s3) t.
Proof.
  unfold loose. apply any_ok; [|auto..]. intros s0 [m|m] h; simpl; [|reflexivity].
  apply Nat.leb_gt in h. rewrite !app_assoc, (app_nth1 (s0 ++ s1) s2), (app_nth1 (s0 ++ s1) s3) by (rewrite app_length; lia). reflexivity.
Qed.
Definition setat e (j : nat) (y : Y) : env Y := E (var e) (fam e) (fun k => if k =? j then y else at_ e k).
Lemma free_ok e j y s t : free j t = false -> den (setat e j y) s t = den e s t.
Proof.
  unfold free. apply any_ok; [|auto..]. intros s0 [m|m] h; simpl; [reflexivity|]. now rewrite h.
Qed.
Lemma moves_ok v f e e' s t : (forall k, at_ e k = at_ e' k) -> (forall x, v x = false -> var e x = var e' x) ->
  (forall g l, f g = false -> fam e g l = fam e' g l) -> moves v f t = false -> den e s t = den e' s t.
Proof. intro h. apply any_ok. intros s0 [m|m] _; simpl; [reflexivity | apply h]. Qed.
Definition setvar e (x : nat) (r : R) : env Y := E (fun y => if x =? y then r else var e y) (fam e) (at_ e).
Lemma uses_ok e x r s t : uses x t = false -> den (setvar e x r) s t = den e s t.
Proof. unfold uses. apply moves_ok; auto. intros y h. simpl. now rewrite h. Qed.
Lemma look_setvar e x r s i : look (setvar e x r) s i = look e s i.
Proof. destruct i; reflexivity. Qed.
Lemma setv_ok e x u t : loose 0 u = false -> forall s, den e s (setv x u t) = den (setvar e x (den e [] u)) s t.
Proof.
  intro c. induction t; intro s; simpl; try reflexivity; try (rewrite ?IHt, ?IHt1, ?IHt2; reflexivity).
  - destruct (x =? x0); [|reflexivity]. exact (loose_ok e [] s [] u c).
  - apply Sum_ext. intro. apply IHt.
Qed.

(* The normal form. *)
Lemma prod_split e s p l : prod e s l = prod e s (filter (fun f => negb (p f)) l) * prod e s (filter p l).
Proof. induction l as [|t l IH]; simpl; [ring|]. destruct (p t); simpl; rewrite IH; ring. Qed.
Lemma expo_split e s p l : expo e s l = expo e s (filter (fun a => negb (p (snd a))) l) + expo e s (filter (fun a => p (snd a)) l).
Proof. induction l as [|t l IH]; simpl; [ring|]. destruct (p (snd t)); simpl; rewrite IH; ring. Qed.
Lemma prod_low e v s l : prod e s (map low (filter (fun f => negb (bound 0 f)) l)) = prod e (v :: s) (filter (fun f => negb (bound 0 f)) l).
Proof. induction l as [|t l IH]; simpl; [easy|]. destruct (bound 0 t) eqn:b; simpl; [easy|]. now rewrite IH, (low_ok e v). Qed.
Lemma expo_low e v s l : expo e s (map (fun a => (fst a, low (snd a))) (filter (fun a => negb (bound 0 (snd a))) l)) =
  expo e (v :: s) (filter (fun a => negb (bound 0 (snd a))) l).
Proof. induction l as [|t l IH]; simpl; [easy|]. destruct (bound 0 (snd t)) eqn:b; simpl; [easy|]. now rewrite IH, (low_ok e v). Qed.
Lemma pick_ok e y s l i r : pick l = Some (i, r) -> prod e (y :: s) l = delta (look e (y :: s) i) y * prod e (y :: s) r.
Proof.
  revert i r. induction l as [|f l IH]; intros i r; simpl; [easy|].
  assert (more : (match pick l with Some (k, r') => Some (k, f :: r') | None => None end) = Some (i, r) ->
    den e (y :: s) f * prod e (y :: s) l = delta (look e (y :: s) i) y * prod e (y :: s) r).
  { destruct (pick l) as [[k r']|]; [|easy]. intro h. inversion h; subst. rewrite (IH _ _ eq_refl). simpl. ring. }
  destruct f; try exact more.
  destruct (ix_eq i0 (B 0)) as [->|]; [intro h; inversion h; subst; simpl; rewrite delta_sym; reflexivity|].
  destruct (ix_eq j (B 0)) as [->|]; [intro h; inversion h; subst; simpl; reflexivity | exact more].
Qed.

Section Again.
Variable again : tm -> poly.
Hypothesis again_ok : forall e s t, dp e s (again t) = den e s t.
Lemma invf_ok e s f : dp e s (invf again f) = / den e s f.
Proof.
  destruct f; unfold invf; try (rewrite atom_ok; cbn [den]; rewrite back_ok, atom_ok; reflexivity).
  - rewrite atom_ok. cbn [den]. now rewrite delta_inv.
  - rewrite again_ok. cbn [den]. now rewrite Rinv_inv.
Qed.
Lemma pinv_ok e s p : dp e s (pinv again p) = / dp e s p.
Proof.
  destruct p as [|m [|m' p]]; [simpl; now rewrite Rinv_0| |unfold pinv; rewrite atom_ok; cbn [den]; now rewrite back_ok].
  assert (h : dp e s [M (Qred (/ co m)) [] (lneg (ex m))] = / Q2R (co m) * / exp (expo e s (ex m))).
  { unfold dp, dm. simpl. rewrite Q2R_red, lneg_ok, exp_Ropp.
    destruct (Qeq_dec (co m) 0) as [z|z]; [|rewrite Q2R_inv by exact z; ring].
    rewrite (Qeq_eqR _ _ z), (Qeq_eqR (/ co m) 0) by (rewrite z; reflexivity). rewrite Q2R_0, Rinv_0. ring. }
  unfold pinv. assert (g : dp e s [m] = Q2R (co m) * (prod e s (fs m) * exp (expo e s (ex m)))) by (unfold dp, dm; simpl; ring).
  rewrite g, !Rinv_mult. generalize (fs m). intro l.
  induction l as [|f l IH]; [cbn [fold_right]; rewrite h; simpl; rewrite Rinv_1; ring|].
  cbn [fold_right]. rewrite pmul_ok, IH, invf_ok. simpl. rewrite Rinv_mult. ring.
Qed.
Lemma pln_ok e s p : dp e s (pln again p) = ln (dp e s p).
Proof.
  assert (A : dp e s (atom (Ln (back p))) = ln (dp e s p)) by (rewrite atom_ok; cbn [den]; now rewrite back_ok).
  unfold pln. destruct p as [|[c [|f l] x] [|m p]]; try exact A.
  destruct (Qeq_bool c 1) eqn:h; [|exact A]. apply Qeq_bool_eq, Qeq_eqR in h. rewrite Q2R_1 in h.
  assert (dp e s [M c [] x] = exp (expo e s x)) as -> by (unfold dp, dm; simpl; rewrite h; ring).
  rewrite ln_exp. clear A h. induction x as [|a x IH]; simpl; [reflexivity|]. rewrite padd_ok, IH, pscale_ok, again_ok. reflexivity.
Qed.
Lemma inner_ok e s l x : dp e s (inner again l x) = Sum (fun y => prod e (y :: s) l * exp (expo e (y :: s) x)).
Proof.
  unfold inner. destruct (pick l) as [[i r]|] eqn:h.
  - destruct (ix_eq i (B 0)).
    + rewrite atom_ok. simpl. apply Sum_ext. intro y. apply bmono_ok.
    + rewrite again_ok, put0, bmono_ok.
      set (u := look e s (putix 0 (N 0) i)). rewrite <- (Sum_delta Y u (fun y => prod e (y :: s) r * exp (expo e (y :: s) x))).
      apply Sum_ext. intro y. rewrite (pick_ok e y s l i r h).
      assert (look e (y :: s) i = u) as ->; [|ring]. unfold u. destruct i as [[|k]|k]; [congruence | reflexivity | reflexivity].
  - assert (A : dp e s (atom (Sm (back [M 1 l x]))) = Sum (fun y => prod e (y :: s) l * exp (expo e (y :: s) x))).
    { rewrite atom_ok. cbn [den]. apply Sum_ext. intro y. rewrite back_ok. unfold dp, dm. simpl. rewrite Q2R_1. ring. }
    destruct l; [destruct x|]; try exact A. rewrite atom_ok. simpl. rewrite <- Sum_one. apply Sum_ext. intro. rewrite exp_0. ring.
Qed.
Lemma msum_ok e s m : dp e s (msum again m) = Sum (fun y => dm e (y :: s) m).
Proof.
  unfold msum. rewrite pmul_ok, inner_ok.
  rewrite <- Sum_scal. apply Sum_ext. intro y.
  unfold dp, dm. cbn [co fs ex fold_right]. rewrite (prod_low e y), (expo_low e y), Rplus_0_r.
  rewrite (prod_split e (y :: s) (bound 0) (fs m)), (expo_split e (y :: s) (bound 0) (ex m)), exp_plus. ring.
Qed.
Lemma psum_ok e s p : dp e s (psum again p) = Sum (fun y => dp e (y :: s) p).
Proof.
  induction p as [|m p IH]; simpl; [symmetry; now apply Sum_zero|].
  rewrite padd_ok, IH, msum_ok. symmetry. apply Sum_plus.
Qed.
Lemma norm1_ok t : forall e s, dp e s (norm1 again t) = den e s t.
Proof.
  induction t; intros e s; cbn [norm1 den]; rewrite ?padd_ok, ?pmul_ok, ?pneg_ok, ?pinv_ok, ?pln_ok, ?ppos_ok, ?padd_ok, ?pneg_ok, ?psum_ok, ?IHt, ?IHt1, ?IHt2, ?atom_ok; try reflexivity.
  - rewrite number_ok. symmetry. apply rat_ok.
  - destruct (ix_eq i j) as [->|]; [rewrite number_ok, delta_refl; apply Q2R_1|].
    rewrite atom_ok. destruct (ixc i j); cbn [den]; try reflexivity. apply delta_sym.
  - unfold dp, dm. simpl. rewrite lin_ok, IHt, Q2R_1. ring.
  - apply Sum_ext. intro. apply IHt.
  - symmetry. apply abs_is.
  - symmetry. apply max_is.
  - rewrite min_is. unfold Rminus. ring.
Qed.
End Again.
Lemma norm_ok k : forall e s t, dp e s (norm k t) = den e s t.
Proof. induction k; intros e s t; simpl; [apply atom_ok | now apply norm1_ok]. Qed.
Lemma nf_ok e s t : den e s (nf t) = den e s t.
Proof. unfold nf. now rewrite back_ok, norm_ok. Qed.
Lemma zero_ok e s t : zero t = true -> den e s t = 0.
Proof. unfold zero. rewrite <- (norm_ok 3 e s t). destruct (norm 3 t); [reflexivity | easy]. Qed.
Lemma equal_ok e s a b : equal a b = true -> den e s a = den e s b.
Proof. intro h. apply (zero_ok e s) in h. simpl in h. lra. Qed.
End Meaning.
