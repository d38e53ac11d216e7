// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What the gateway's page under {@code /srp} shows, offered by whoever has something to show. */
package io.streamrelay.console.web;
