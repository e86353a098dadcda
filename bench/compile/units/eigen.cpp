// SPDX-License-Identifier: BSL-1.0

// A system of equations by Eigen alone.
#include <Eigen/Dense>

Eigen::VectorXf solve(Eigen::MatrixXf const& a, Eigen::VectorXf const& b);

Eigen::VectorXf solve(Eigen::MatrixXf const& a, Eigen::VectorXf const& b) { return a.ldlt().solve(b); }
