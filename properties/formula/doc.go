// Package formula holds formulas of energies, and statements about them, as data.
package formula
