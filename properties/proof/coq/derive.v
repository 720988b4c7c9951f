(* Derivatives of terms along a path, and what must be so for them to exist. *)
Require Import Reals Lra Lia List QArith Qreals Bool Arith.
Require Import normal.
Import ListNotations.
Open Scope R_scope.

(* Which variables and families move, and how fast. *)
Record speeds := Sp { vmove : nat -> bool; fmove : nat -> bool; vspeed : nat -> tm; fspeed : nat -> list ix -> tm }.

Section Derive.
Variable v : speeds.
Variable sign : tm -> option bool. (* of what is above or below 0: true or false *)
Fixpoint deriv (t : tm) : tm :=
  if negb (moves (vmove v) (fmove v) t) then Num 0 else
  match t with
  | V x => vspeed v x
  | Fm f l => fspeed v f l
  | Add a b => Add (deriv a) (deriv b)
  | Mul a b => Add (Mul (deriv a) b) (Mul a (deriv b))
  | Neg a => Neg (deriv a)
  | Inv a => Neg (Mul (Mul (Inv a) (Inv a)) (deriv a))
  | Exp a => Mul (Exp a) (deriv a)
  | Ln a => Mul (Inv a) (deriv a)
  | Pos a => match sign a with Some true => deriv a | _ => Num 0 end
  | Sm a => Sm (deriv a)
  | _ => Num 0
  end.
(* What is owed: under so many sums, that a term is above 0, or not 0. *)
Definition debt := (nat * tm * bool)%type.
Definition deeper (o : debt) : debt := match o with (d, t, k) => (S d, t, k) end.
Definition never : debt := (0%nat, Num 0, true).
Fixpoint owed (t : tm) : list debt :=
  if negb (moves (vmove v) (fmove v) t) then [] else
  match t with
  | Add a b | Mul a b => owed a ++ owed b
  | Neg a | Exp a => owed a
  | Inv a => (0%nat, a, false) :: owed a
  | Ln a => (0%nat, a, true) :: owed a
  | Pos a => match sign a with Some true => (0%nat, a, true) | Some false => (0%nat, Neg a, true) | None => never end :: owed a
  | Sm a => map deeper (owed a)
  | Abs _ | Mx _ _ | Mn _ _ => [never]
  | _ => []
  end.
End Derive.

Lemma dext f g x l : (forall y, f y = g y) -> derivable_pt_lim f x l -> derivable_pt_lim g x l.
Proof. intros h d eps he. destruct (d eps he) as [r k]. exists r. intros y y0 yr. rewrite <- !h. now apply k. Qed.
Lemma dnear f g x l r : 0 < r -> (forall h, Rabs h < r -> f (x + h) = g (x + h)) -> derivable_pt_lim f x l -> derivable_pt_lim g x l.
Proof.
  intros r0 h d eps he. destruct (d eps he) as [q k].
  assert (m0 : 0 < Rmin q r) by (apply Rmin_pos; [apply cond_pos | exact r0]).
  exists (mkposreal _ m0). intros y y0 yr. simpl in yr.
  assert (h0 : f x = g x) by (rewrite <- (Rplus_0_r x); apply h; rewrite Rabs_R0; exact r0).
  rewrite <- h0, <- h by (pose proof (Rmin_r q r); lra). apply k; [exact y0 | pose proof (Rmin_l q r); lra].
Qed.
Lemma dabove f x l : derivable_pt_lim f x l -> f x > 0 -> exists r, 0 < r /\ forall h, Rabs h < r -> f (x + h) > 0.
Proof.
  intros d p. destruct (d 1 Rlt_0_1) as [q k]. set (c := Rabs l + 1). assert (c0 : c > 0) by (unfold c; pose proof (Rabs_pos l); lra).
  assert (z : 0 < f x / c) by (apply Rdiv_lt_0_compat; lra).
  exists (Rmin q (f x / c)). split; [apply Rmin_pos; [apply cond_pos | exact z]|]. intros h hr.
  destruct (Req_dec h 0) as [->|h0]; [now rewrite Rplus_0_r|].
  assert (hq : Rabs h < q) by (pose proof (Rmin_l q (f x / c)); lra). assert (hc : Rabs h < f x / c) by (pose proof (Rmin_r q (f x / c)); lra).
  specialize (k h h0 hq). set (u := (f (x + h) - f x) / h) in *.
  assert (e : f (x + h) = f x + u * h) by (unfold u; field; exact h0).
  assert (b : Rabs u < c).
  { unfold c. replace u with ((u - l) + l) by ring. pose proof (Rabs_triang (u - l) l). lra. }
  assert (g : Rabs (u * h) < f x).
  { rewrite Rabs_mult. apply Rle_lt_trans with (c * Rabs h); [apply Rmult_le_compat_r; [apply Rabs_pos | lra]|].
    apply Rmult_lt_reg_r with (/ c); [apply Rinv_0_lt_compat; lra|]. replace (c * Rabs h * / c) with (Rabs h) by (field; lra). exact hc. }
  rewrite e. pose proof (Rle_abs (- (u * h))). rewrite Rabs_Ropp in H. lra.
Qed.
Lemma dpos f x l : derivable_pt_lim f x l -> f x > 0 -> derivable_pt_lim (fun y => pos (f y)) x l.
Proof.
  intros d p. destruct (dabove f x l d p) as [r [r0 h]]. apply (dnear f _ x l r r0); [|exact d].
  intros y yr. symmetry. apply pos_ge. specialize (h y yr). lra.
Qed.
Lemma dneg f x l : derivable_pt_lim f x l -> - f x > 0 -> derivable_pt_lim (fun y => pos (f y)) x 0.
Proof.
  intros d p. destruct (dabove (fun y => - f y) x (- l)) as [r [r0 h]]; [exact (derivable_pt_lim_opp f x l d) | exact p|].
  apply (dnear (fun _ => 0) _ x 0 r r0); [|apply derivable_pt_lim_const].
  intros y yr. symmetry. apply pos_le. specialize (h y yr). simpl in h. lra.
Qed.
Lemma dinv f x l : derivable_pt_lim f x l -> f x <> 0 -> derivable_pt_lim (fun y => / f y) x (- (/ f x * / f x * l)).
Proof.
  intros d p. pose proof (derivable_pt_lim_div (fun _ => 1) f x 0 l (derivable_pt_lim_const 1 x) d p) as h.
  replace (- (/ f x * / f x * l)) with ((0 * f x - l * 1) / Rsqr (f x)) by (unfold Rsqr; field; exact p).
  revert h. apply dext. intro y. unfold div_fct. unfold Rdiv. ring.
Qed.

Section Along.
Variable Y : answers.
Variable v : speeds.
Variable sign : tm -> option bool.
Definition meets (e : env Y) (s : list Y) (o : debt) : Prop :=
  match o with (d, t, k) => forall s1, length s1 = d -> if k : bool then den Y e (s1 ++ s) t > 0 else den Y e (s1 ++ s) t <> 0 end.

(* A path through e at x. *)
Record follows (e : env Y) (along : R -> env Y) (x : R) : Prop := {
  f_at : forall r k, at_ (along r) k = at_ e k;
  f_var : forall r y, vmove v y = false -> var (along r) y = var e y;
  f_fam : forall r f l, fmove v f = false -> fam (along r) f l = fam e f l;
  f_var0 : forall y, var (along x) y = var e y;
  f_fam0 : forall f l, fam (along x) f l = fam e f l;
  f_dvar : forall y s, vmove v y = true -> derivable_pt_lim (fun r => var (along r) y) x (den Y e s (vspeed v y));
  f_dfam : forall f l s, fmove v f = true -> derivable_pt_lim (fun r => fam (along r) f (map (look Y e s) l)) x (den Y e s (fspeed v f l)) }.

Lemma moves_no t k : any (fun _ _ => false) no no k t = false.
Proof. revert k. induction t; intro m; simpl; rewrite ?IHt, ?IHt1, ?IHt2; try reflexivity. induction l; [reflexivity | exact IHl]. Qed.
Lemma den_same (e e' : env Y) s t : (forall k, at_ e k = at_ e' k) -> (forall x, var e x = var e' x) -> (forall f l, fam e f l = fam e' f l) ->
  den Y e s t = den Y e' s t.
Proof. intros h1 h2 h3. apply (moves_ok Y no no); auto. apply moves_no. Qed.

Lemma over_deriv (l : list Y) (f : R -> Y -> R) (g : Y -> R) x :
  (forall j, derivable_pt_lim (fun r => f r j) x (g j)) -> derivable_pt_lim (fun r => over l (f r)) x (over l g).
Proof.
  intro h. induction l as [|a l IH]; [exact (derivable_pt_lim_const 0 x)|]. rewrite over_cons.
  exact (derivable_pt_lim_plus _ _ x _ _ (h a) IH).
Qed.

Theorem deriv_ok e along x : follows e along x -> forall t s, Forall (meets e s) (owed v sign t) ->
  derivable_pt_lim (fun r => den Y (along r) s t) x (den Y e s (deriv v sign t)).
Proof.
  intros F. assert (S0 : forall s t, den Y (along x) s t = den Y e s t).
  { intros s t. apply den_same; intros; [apply (f_at _ _ _ F) | apply (f_var0 _ _ _ F) | apply (f_fam0 _ _ _ F)]. }
  assert (still : forall t s, moves (vmove v) (fmove v) t = false -> derivable_pt_lim (fun r => den Y (along r) s t) x 0).
  { intros t s h. apply (dext (fun _ => den Y e s t)); [|apply derivable_pt_lim_const]. intro r. symmetry.
    apply (moves_ok Y (vmove v) (fmove v)); auto; intros; [apply (f_at _ _ _ F) | now apply (f_var _ _ _ F) | now apply (f_fam _ _ _ F)]. }
  assert (L : forall r s i, look Y (along r) s i = look Y e s i).
  { intros r s [k|k]; simpl; [reflexivity | apply (f_at _ _ _ F)]. }
  induction t; intros s; unfold deriv, owed; fold (deriv v sign); fold (owed v sign);
    match goal with |- context [negb ?m] => destruct m eqn:mv end; cbn [negb];
    try (intros _; exact (still _ s mv)); intro o.
  - discriminate mv.
  - discriminate mv.
  - simpl in mv. exact (f_dvar _ _ _ F x0 s mv).
  - simpl in mv. assert (g : existsb (fun _ => false) l = false) by (clear; induction l; auto). unfold moves in mv. simpl in mv. rewrite g, orb_false_r in mv.
    apply (dext (fun r => fam (along r) f (map (look Y e s) l))); [|exact (f_dfam _ _ _ F f l s mv)].
    intro r. simpl. f_equal. apply map_ext. intro i. symmetry. apply L.
  - discriminate mv.
  - apply Forall_app in o as [o1 o2]. exact (derivable_pt_lim_plus _ _ x _ _ (IHt1 s o1) (IHt2 s o2)).
  - apply Forall_app in o as [o1 o2]. pose proof (derivable_pt_lim_mult _ _ x _ _ (IHt1 s o1) (IHt2 s o2)) as h. cbv beta in h.
    rewrite !S0 in h. exact h.
  - exact (derivable_pt_lim_opp _ x _ (IHt s o)).
  - inversion o as [|? ? o1 o2]; subst. specialize (o1 [] eq_refl). cbn in o1. rewrite <- S0 in o1.
    pose proof (dinv _ x _ (IHt s o2) o1) as h. cbv beta in h. rewrite S0 in h. exact h.
  - pose proof (derivable_pt_lim_comp _ exp x _ _ (IHt s o) (derivable_pt_lim_exp _)) as h. cbv beta in h. rewrite S0 in h. exact h.
  - inversion o as [|? ? o1 o2]; subst. specialize (o1 [] eq_refl). cbn in o1. rewrite <- S0 in o1.
    pose proof (derivable_pt_lim_comp _ ln x _ _ (IHt s o2) (derivable_pt_lim_ln _ o1)) as h. cbv beta in h. rewrite S0 in h. exact h.
  - inversion o as [|? ? o1 o2]; subst. destruct (sign t) as [[|]|]; specialize (o1 [] eq_refl); cbn in o1; rewrite <- ?S0 in o1.
    + exact (dpos _ x _ (IHt s o2) o1).
    + exact (dneg _ x _ (IHt s o2) o1).
    + exfalso. lra.
  - cbn [den]. unfold Sum. apply over_deriv. intro j. apply IHt.
    apply Forall_forall. intros [[d u] k] hin. rewrite Forall_forall in o.
    specialize (o (S d, u, k) (in_map deeper _ _ hin)). intros s1 h. specialize (o (s1 ++ [j])). rewrite app_length, <- app_assoc in o. simpl in o.
    apply o. lia.
  - inversion o as [|? ? o1 o2]; subst. specialize (o1 [] eq_refl). cbn in o1. exfalso. lra.
  - inversion o as [|? ? o1 o2]; subst. specialize (o1 [] eq_refl). cbn in o1. exfalso. lra.
  - inversion o as [|? ? o1 o2]; subst. specialize (o1 [] eq_refl). cbn in o1. exfalso. lra.
Qed.
End Along.
