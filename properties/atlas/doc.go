// Package atlas looks for the largest errors of an implementation: for each op and each kind
// of number, in ulps of the true value, by directed search. What it finds is the largest of
// so many cases, and no bound.
//
// # Map
//
//	Search    what is asked, and how far the search goes (search.go)
//	climb     from the worst cases of the grid and of random ones uphill, a few bits at a time (climb.go)
package atlas
