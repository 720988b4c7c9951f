// Ebmcheck decides which statements about energy-based learning are true, and
// which implementations of it are right.
package main

import (
	"os"

	"ebmcheck/command"
)

func main() { os.Exit(command.Run(os.Args[1:])) }
