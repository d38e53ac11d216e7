// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the house, as tests. Each rule is a class that can be put to any code; one test puts it to the house,
 * others to the classes in {@code fixture} or to files made for it, which break it. Each message says the fix.
 */
package io.streamrelay.itests.tidy;
