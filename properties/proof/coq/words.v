(* The words of statements, as anybody would write them, and how what is proved of terms becomes what is said of numbers. *)
Require Import Reals Lra Lia List QArith Bool Arith.
Require Import normal derive rules.
Import ListNotations.
Open Scope R_scope.

Definition softplus (x : R) : R := ln (1 + exp x).
Definition sigmoid (x : R) : R := / (1 + exp (- x)).
Definition Sum_but {Y : answers} (i : Y) (f : Y -> R) : R := Sum (fun j => (1 - delta j i) * f j).
Definition Z {Y : answers} (F : Y -> R) (beta : R) : R := Sum (fun j => exp (- beta * F j)).
Definition p {Y : answers} (F : Y -> R) (beta : R) (i : Y) : R := exp (- beta * F i) / Z F beta.
Definition Max {Y : answers} (f : Y -> R) : R := fold_right (fun j m => Rmax (f j) m) (f (some Y)) (listed Y).
Definition Min {Y : answers} (f : Y -> R) : R := fold_right (fun j m => Rmin (f j) m) (f (some Y)) (listed Y).
(* F, but for the answer i, where it is x. *)
Definition put {Y : answers} (F : Y -> R) (i : Y) (x : R) (j : Y) : R := if same Y j i then x else F j.

(* Of statements that have no answers. *)
Definition single : answers.
Proof. refine {| answer := unit; listed := [tt]; some := tt |}; [decide equality | repeat constructor; easy | destruct i; simpl; auto]. Defined.

(* The two are what their names say. *)
Lemma Max_is (Y : answers) (f : Y -> R) : exists i, Max f = f i /\ forall j, f i >= f j.
Proof.
  assert (h : exists i, Max f = f i /\ forall j, In j (listed Y) -> f i >= f j).
  { unfold Max. induction (listed Y) as [|a l [i [e h]]]; [exists (some Y); split; [reflexivity | easy]|]. simpl.
    destruct (Rle_dec (f a) (f i)) as [c|c].
    - exists i. rewrite e. split; [now apply Rmax_right|]. intros j [->|hj]; [lra | auto].
    - exists a. rewrite e. split; [apply Rmax_left; lra|]. intros j [->|hj]; [lra | specialize (h j hj); lra]. }
  destruct h as [i [e h]]. exists i. split; [exact e|]. intro j. apply h, every.
Qed.
Lemma Min_is (Y : answers) (f : Y -> R) : exists i, Min f = f i /\ forall j, f j >= f i.
Proof.
  assert (h : exists i, Min f = f i /\ forall j, In j (listed Y) -> f j >= f i).
  { unfold Min. induction (listed Y) as [|a l [i [e h]]]; [exists (some Y); split; [reflexivity | easy]|]. simpl.
    destruct (Rle_dec (f i) (f a)) as [c|c].
    - exists i. rewrite e. split; [now apply Rmin_right|]. intros j [->|hj]; [lra | auto].
    - exists a. rewrite e. split; [apply Rmin_left; lra|]. intros j [->|hj]; [lra | specialize (h j hj); lra]. }
  destruct h as [i [e h]]. exists i. split; [exact e|]. intro j. apply h, every.
Qed.

(* Statements of terms. *)
Inductive sign := Lt | Le | Gt | Ge | Equal | Not.
Definition Says (r : sign) (x y : R) : Prop :=
  match r with Lt => x < y | Le => x <= y | Gt => x > y | Ge => x >= y | Equal => x = y | Not => x <> y end.
Definition gap (r : sign) (a b : tm) : tm :=
  match r with Lt | Le => minus b a | Gt | Ge | Equal => minus a b | Not => Mul (minus a b) (minus a b) end.
Definition kind (r : sign) : rl := match r with Lt | Gt | Not => GT | Le | Ge => GE | Equal => EQ end.
Definition says (r : sign) (a b : tm) : fact := plain (kind r) (gap r a b).
Definition says_all (r : sign) (a b : tm) : fact := F true (gap r a b) (kind r).
Definition says_but (i : ix) (r : sign) (a b : tm) : fact := F true (Mul (minus (Num 1) (Dl (B 0) i)) (gap r a b)) GE.
Definition differ (i j : ix) : fact := plain EQ (Dl i j).
(* On which side of 0 an assumption says that a term is. *)
Definition side (G : list fact) (t : tm) : option bool :=
  if existsb (fun f => implies f (plain GT t)) G then Some true
  else if existsb (fun f => implies f (plain GT (Neg t))) G then Some false else None.
Definition owes (b : nat) (v : speeds) (G : list fact) (t : tm) : list (nat * debt) := map (pair b) (owed v (side G) (nf t)).
Definition slope (v : speeds) (G : list fact) (t : tm) : tm := deriv v (side G) (nf t).
(* What gives each division and each logarithm of a term its usual meaning: that no factor of what it divides by is 0, that its argument
   is above 0. *)
Definition divided (a : tm) : list debt :=
  match norm 3 a with
  | [m] => flat_map (fun f => match f with Inv _ => [] | _ => [(0%nat, f, false)] end) (fs m)
  | q => [(0%nat, back q, false)]
  end.
Definition logarithm (a : tm) : list debt :=
  match norm 3 a with [M c [] _] => if Qeq_bool c 1 then [] else [(0%nat, a, true)] | _ => [(0%nat, a, true)] end.
Fixpoint means (t : tm) : list debt :=
  match t with
  | Num _ | Card | V _ | Fm _ _ | Dl _ _ => []
  | Add a b | Mul a b | Mx a b | Mn a b => means a ++ means b
  | Neg a | Exp a | Pos a | Abs a => means a
  | Inv a => divided a ++ means a
  | Ln a => logarithm a ++ means a
  | Sm a => map deeper (means a)
  end.
Definition meaning (b : nat) (t : tm) : list (nat * debt) := map (pair b) (means t).
Fixpoint power (t : tm) (k : nat) : tm := match k with O => Num 1 | S k => Mul t (power t k) end.
Definition bys (l : list step) (q : pf) : pf := fold_right By q l.

Section Words.
Variable Y : answers.
Implicit Types e : env Y.
Definition on1 (f : Y -> R) (l : list Y) : R := match l with [j] => f j | _ => 0 end.
Definition given (vs : list R) (fs : list (list Y -> R)) (is : list Y) : env Y :=
  E (fun k => nth k vs 0) (fun k => nth k fs (fun _ => 0)) (fun k => nth k is (some Y)).

Lemma gap_ok e s r a b : rel (kind r) (den Y e s (gap r a b)) <-> Says r (den Y e s a) (den Y e s b).
Proof.
  destruct r; cbn; set (x := den Y e s a); set (y := den Y e s b); try (split; intro; lra).
  split; intro h.
  - intro k. rewrite k in h. replace ((y + - y) * (y + - y)) with 0 in h by ring. lra.
  - apply Rlt_gt. apply (Rlt_0_sqr (x + - y)). lra.
Qed.
Lemma says_in e r a b : Says r (den Y e [] a) (den Y e [] b) -> holds Y e (says r a b).
Proof. intro h. apply gap_ok. exact h. Qed.
Lemma says_out e r a b : holds Y e (says r a b) -> Says r (den Y e [] a) (den Y e [] b).
Proof. intro h. apply gap_ok. exact h. Qed.
Lemma says_all_in e r a b : (forall j, Says r (den Y e [j] a) (den Y e [j] b)) -> holds Y e (says_all r a b).
Proof. intros h j. apply gap_ok, h. Qed.
Lemma says_but_in e i r a b : (forall j, j <> look Y e [] i -> Says r (den Y e [j] a) (den Y e [j] b)) ->
  match i with N _ => True | B _ => False end -> match r with Le | Ge => True | _ => False end -> holds Y e (says_but i r a b).
Proof.
  destruct i as [k|k]; [easy|]. intros h _ g j. cbn [al rlf tmf says_but den rel minus look] in *. unfold delta. change (nth 0 [j] (some Y)) with j.
  change (rat 1) with 1. destruct (same Y j (at_ e k)) as [q|q]; [lra|]. specialize (h j q). apply gap_ok in h. destruct r; try easy; cbn [kind rel] in h; lra.
Qed.
Lemma differ_in e i j : look Y e [] i <> look Y e [] j -> holds Y e (differ i j).
Proof. intro h. unfold differ, holds. cbn [al rlf tmf plain rel den]. unfold delta. destruct (same Y _ _); [easy | reflexivity]. Qed.

(* Paths: a parameter moves; energies move with W; one energy moves. *)
Lemma param_path e x : follows Y (steady x) e (setvar Y e x) (var e x).
Proof.
  split; intros; simpl in *; try reflexivity; try easy.
  - now rewrite H.
  - destruct (x =? y) eqn:h; [apply Nat.eqb_eq in h; now subst | reflexivity].
  - rewrite H. apply derivable_pt_lim_id.
Qed.
Definition one_by (x s : nat) : speeds := Sp (Nat.eqb x) (fun _ => false) (fun _ => V s) (fun _ _ => Num 0).
Lemma one_path e x s (f : R -> R) W : f W = var e x -> derivable_pt_lim f W (var e s) -> follows Y (one_by x s) e (fun w => setvar Y e x (f w)) W.
Proof.
  intros h d. split; intros; simpl in *; try reflexivity; try easy.
  - now rewrite H.
  - destruct (x =? y) eqn:g; [apply Nat.eqb_eq in g; now subst | reflexivity].
  - rewrite H. exact d.
Qed.
Definition two_by (x s y t : nat) : speeds :=
  Sp (fun k => (x =? k) || (y =? k)) (fun _ => false) (fun k => if y =? k then V t else V s) (fun _ _ => Num 0).
Lemma two_path e x s y t (f g : R -> R) W : f W = var e x -> g W = var e y -> derivable_pt_lim f W (var e s) -> derivable_pt_lim g W (var e t) ->
  follows Y (two_by x s y t) e (fun w => setvar Y (setvar Y e x (f w)) y (g w)) W.
Proof.
  intros h1 h2 d1 d2. split; intros; simpl in *; try reflexivity; try easy.
  - apply orb_false_iff in H as [H1 H2]. now rewrite H1, H2.
  - destruct (y =? y0) eqn:q; [apply Nat.eqb_eq in q; now subst|]. destruct (x =? y0) eqn:q2; [apply Nat.eqb_eq in q2; now subst | reflexivity].
  - destruct (y =? y0); [exact d2|]. rewrite orb_false_r in H. rewrite H. exact d1.
Qed.
Definition setfam e (f : nat) (g : list Y -> R) : env Y := E (var e) (fun k => if f =? k then g else fam e k) (at_ e).
Definition all_by (f s : nat) : speeds := Sp (fun _ => false) (Nat.eqb f) (fun _ => Num 0) (fun _ l => Fm s l).
Lemma all_path e f s (Fw : R -> Y -> R) (Sl : Y -> R) W : fam e f = on1 (Fw W) -> fam e s = on1 Sl -> (forall j, derivable_pt_lim (fun w => Fw w j) W (Sl j)) ->
  follows Y (all_by f s) e (fun w => setfam e f (on1 (Fw w))) W.
Proof.
  intros h1 h2 d. split; intros; simpl in *; try reflexivity; try easy.
  - now rewrite H.
  - destruct (f =? f0) eqn:q; [apply Nat.eqb_eq in q; subst; now rewrite h1 | reflexivity].
  - rewrite H, h2. destruct l as [|i [|]]; simpl; [apply derivable_pt_lim_const | apply d | apply derivable_pt_lim_const].
Qed.
Definition at_by (f i : nat) : speeds :=
  Sp (fun _ => false) (Nat.eqb f) (fun _ => Num 0) (fun _ l => match l with [j] => Dl j (N i) | _ => Num 0 end).
Lemma at_path e f i (G : Y -> R) : fam e f = on1 G -> follows Y (at_by f i) e (fun t => setfam e f (on1 (put G (at_ e i) t))) (G (at_ e i)).
Proof.
  intro h. split; intros; simpl in *; try reflexivity; try easy.
  - now rewrite H.
  - destruct (f =? f0) eqn:q; [|reflexivity]. apply Nat.eqb_eq in q. subst. rewrite h. destruct l as [|j [|]]; simpl; try reflexivity.
    unfold put. destruct (same Y j (at_ e i)) as [->|]; reflexivity.
  - rewrite H. destruct l as [|j [|]]; simpl; try apply derivable_pt_lim_const.
    unfold put, delta. destruct (same Y _ _); [apply derivable_pt_lim_id | apply derivable_pt_lim_const].
Qed.
Lemma slope_is e b v G along x t s : follows Y v e along x ->
  Forall (fun d => forall s, length s = fst d -> meets Y e s (snd d)) (owes b v G t) -> length s = b ->
  derivable_pt_lim (fun r => den Y (along r) s t) x (den Y e s (slope v G t)).
Proof.
  intros h o l. apply (dext (fun r => den Y (along r) s (nf t))); [intro; apply nf_ok|].
  apply (deriv_ok Y v (side G) e along x h). unfold owes in o. rewrite Forall_map in o. revert o. apply Forall_impl. intros d k. exact (k s l).
Qed.
End Words.
