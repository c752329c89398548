// A stand-in for Delve: it looks at a program as Delve does before it starts
// it (pkg/goversion/compat.go, pkg/proc/bininfo.go).
package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"runtime"
)

// The newest Go that this release knows.
const newest = NEWEST

// dlv exec PROGRAM
func main() {
	program, err := buildinfo.ReadFile(os.Args[2])
	if err != nil {
		fail(err)
	}
	if minor(program.GoVersion) > newest {
		fail("Version of Delve is too old for Go version", program.GoVersion)
	}
	if minor(program.GoVersion) >= 25 && minor(runtime.Version()) < 25 {
		fail("To debug executables using DWARFv5 or later Delve must be built with Go version 1.25.0 or later")
	}
}

func minor(version string) (minor int) {
	fmt.Sscanf(version, "go1.%d", &minor)
	return minor
}

func fail(why ...any) {
	fmt.Println(why...)
	os.Exit(1)
}
