// Package draw draws random cases by a seed, with rapid's generators outside of rapid's
// own loop, shrinks them, and lays out special values.
//
//	Seed             the seed of a part of a run, from the run's
//	Example          the case that a generator gives for a seed
//	Shrink           the smallest case that still fails, from that of a seed
//	Simplify         what a person would write that fails as a case does
//	Vectors          every vector of some special values
package draw
