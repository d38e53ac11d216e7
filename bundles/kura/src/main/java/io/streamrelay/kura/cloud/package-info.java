// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A subcluster as what Kura calls a cloud connection: {@link io.streamrelay.kura.cloud.MeshConnectionFactory} makes them,
 * {@link io.streamrelay.kura.cloud.MeshEndpoint} is one, and applications use
 * {@link io.streamrelay.kura.cloud.MeshPublisher} and {@link io.streamrelay.kura.cloud.MeshSubscriber}.
 */
package io.streamrelay.kura.cloud;
