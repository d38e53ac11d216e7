// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The score card of field criteria: tests write down what they measured ({@link io.streamrelay.simulator.score.Score}),
 * and one report of all rows, itests/SCORECARD.md, is made from it at the end of a build.
 */
package io.streamrelay.simulator.score;
