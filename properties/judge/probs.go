package judge

// judgeProbs judges the probabilities of gibbs.
func judgeProbs(a *Asked) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	if b := sized("probs", len(a.reply.Probs), len(a.call.Energies)); b != "" {
		return nil, b
	}
	allow := a.allowed(a.by)
	parts := make([]part, len(a.reply.Probs))
	for i, p := range a.reply.Probs {
		parts[i] = a.newPart("probs", p, point(a.truth.Probs[i]), allow.Probs[i], 0, 0).at(i)
	}
	return parts, ""
}
