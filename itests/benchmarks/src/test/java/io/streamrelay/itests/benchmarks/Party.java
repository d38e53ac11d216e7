// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

/** Whose operations are measured. */
enum Party {
    /** Ours, with the heap that ./gateway has, and both compilers. */
    STREAMRELAY,
    /** Ours, with the options that ./gateway gives to the virtual machine. */
    GATEWAY,
    /** The reference. */
    REFERENCE,
    /** Native libsodium. */
    NATIVE
}
