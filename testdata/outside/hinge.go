// Package mylosses is somebody else's module with a loss of its own, tested as
// README.md says.
package mylosses

// Hinge returns [m + F − F̄]⁺ and its slopes. NaN goes through: with > 0 for
// the test it would come out as 0, which the claims refute.
func Hinge(m, F, Fbar float64) (loss, dF, dFbar float64) {
	if loss = m + F - Fbar; loss <= 0 {
		return 0, 0, 0
	}
	return loss, 1, -1
}

// SquaredHinge returns ([m + F − F̄]⁺)² and its slopes by F and F̄.
func SquaredHinge(m, F, Fbar float64) (loss, dF, dFbar float64) {
	t := m + F - Fbar
	if t < 0 {
		return 0, 0, 0
	}
	return t * t, 2 * t, -2 * t
}
