// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Attacks on gateways that run as processes of their own, as an attacker makes them: by datagrams alone. */
package io.streamrelay.itests.karaf.attack;
