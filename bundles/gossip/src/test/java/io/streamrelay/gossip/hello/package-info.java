// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** README.md's hello world, in a package of its own as any application is: it imports all that it needs. */
package io.streamrelay.gossip.hello;
