package properties

// likelihood is the ledger of SOURCE 1.2.
var likelihood []Claim
