// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Whole gateways as their users run them: processes of the launcher, with MQTT clients for sensors and readers. */
package io.streamrelay.itests.karaf.process;
