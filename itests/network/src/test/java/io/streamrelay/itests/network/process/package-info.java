// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What runs on the hosts of a lab, each program a process of its own, and the handles by which tests drive them. */
package io.streamrelay.itests.network.process;
