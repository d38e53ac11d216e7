// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What runs in the process of Kura's own broker. It is compiled there, with the broker's class path. */
package kurasbroker;
