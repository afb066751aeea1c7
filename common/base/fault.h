/*
 * fault.h - places where tests make the program fail.
 *
 * PGKEEL_FAULT="name[:nth][,name…]" makes the nth (default first) passing of that point
 * act: fault_point returns true and the caller fails as it would on a real error;
 * with "name=kill" the process ends at once by SIGKILL, with "name=term" it gets a SIGTERM
 * there and goes on as it then would.  Compiled in only with
 * -DPGKEEL_FAULTS (the test build); otherwise the macro is the constant false.
 */
#ifndef COMMON_BASE_FAULT_H
#define COMMON_BASE_FAULT_H

#include "build.h"

#ifdef PGKEEL_FAULTS
bool fault_point(const char *name);
#else
#define fault_point(name) false
#endif

#endif
