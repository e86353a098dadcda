// SPDX-License-Identifier: BSL-1.0
#pragma once

// The page at /: products for a person, with reasons; what is alike; what if they bought something; a purchase. Plain HTML,
// and a script that asks the service; nothing is loaded from elsewhere.
extern char const storefront[];
