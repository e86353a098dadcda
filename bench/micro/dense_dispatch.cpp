// SPDX-License-Identifier: BSL-1.0
// bench: metric/l2/128/dispatch metric/l2/1024/dispatch metric/dot/128/dispatch metric/dot/1024/dispatch
// bench: metric/cosine/128/dispatch metric/cosine/1024/dispatch metric/l1/128/dispatch metric/l1/1024/dispatch
// flags: -march=native
// kernels: chosen at run time
//
// One pair of dense rows in the nearest cache, by kernels that are chosen at run time. The flags are for the peers.

#include "dense_pairs.hpp"

int main() { bench::dense_pairs("/dispatch"); }
