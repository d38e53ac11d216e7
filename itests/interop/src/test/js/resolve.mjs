// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// A module hook: the reference's protocol code is loaded unmodified, and what it imports from its own runtime,
// which is not Node, is answered by the small modules in `runtime/`.
const FROM_NODE = new Map(['buffer', 'crypto', 'util'].map(name =>
  [`../${name}.js`, new URL(`./runtime/${name}.mjs`, import.meta.url).href]))

export async function resolve (specifier, context, next) {
  const replacement = context.parentURL?.includes('/@socketsupply/socket/latica/') && FROM_NODE.get(specifier)
  return replacement ? { url: replacement, shortCircuit: true } : next(specifier, context)
}
