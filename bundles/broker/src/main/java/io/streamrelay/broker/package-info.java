// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What the broker of the distribution, Apache Artemis, lacks to keep its promises to sensors. */
package io.streamrelay.broker;
