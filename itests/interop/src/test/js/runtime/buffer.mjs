// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// What the reference imports from its runtime's `buffer.js`, from Node.
import { Buffer } from 'node:buffer'

export { Buffer }
export default Buffer
