// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests that run inside the distribution and reach everything through ConfigAdmin and services. */
package io.streamrelay.itests.karaf.container;
