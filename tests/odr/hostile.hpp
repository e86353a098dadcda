// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "foreign.hpp"  // what our headers include of others is theirs to defend

// <windows.h>
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define near
#define far
#define small char
#define interface struct
#define IN
#define OUT
#define ERROR 0
#define DELETE 0x00010000L
#define VOID void
#define CONST const
#define TRUE 1
#define FALSE 0

// <complex.h>, <sys/sysmacros.h>, <termios.h>, <ctype.h> of some systems
#define I _Complex_I
#define complex _Complex
#define major(dev) gnu_dev_major(dev)
#define minor(dev) gnu_dev_minor(dev)
#define B0 0000000
#define ECHO 0000010
#define _U 01
#define _L 02
#define _N 04
#define _B 0100
#define N 16

// X11, Qt
#define None 0L
#define Bool int
#define Status int
#define Success 0
#define True 1
#define False 0
#define Always 2
#define signals public
#define slots
#define emit
#define foreach for
