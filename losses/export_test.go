package losses

// For the tests, which are outside: they ask package op for the truth, and that asks
// this package for its losses.
var Sum, WideSum = sum, wideSum
