// Ebmcheck decides which statements about energy-based learning are true, and
// which implementations of it are right.
package main

import "os"

func main() { os.Exit(Run(os.Args[1:])) }
