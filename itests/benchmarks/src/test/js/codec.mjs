// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The reference's codec.
import { Packet, PacketPing } from '../../../../interop/src/test/js/reference.mjs'
import { publication, withId } from './publication.mjs'

// Each under the name that our own has; so in all groups.
export async function codec (stopwatch) {
  const fresh = publication(1)
  const known = withId(1)
  const bytes = await Packet.encode(known)
  const ping = new PacketPing({
    message: {
      requesterPeerId: clusterHex(),
      natType: 31,
      cacheSize: 6604,
      isConnection: true,
      cacheSummaryHash: 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      pingId: '0123456789ab',
      uptime: 3_600_000,
      timestamp: 1_800_000_000_000
    }
  })
  const pingBytes = await Packet.encode(ping)
  return {
    encodePublication: () => stopwatch.nsPerOperation(() => Packet.encode(fresh)),
    encodePublicationWithId: () => stopwatch.nsPerOperation(() => Packet.encode(known)),
    decodePublication: () => stopwatch.nsPerOperation(() => Packet.decode(bytes)),
    encodePing: () => stopwatch.nsPerOperation(() => Packet.encode(ping)),
    decodePing: () => stopwatch.nsPerOperation(() => Packet.decode(pingBytes))
  }
}

const clusterHex = () => publication(1).clusterId.toString('hex')
