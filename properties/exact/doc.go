// Package exact encloses numbers rigorously and rounds them correctly: the judge of every other package.
package exact
