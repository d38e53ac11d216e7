// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Remembers packets, deliveries, consumers, notes and peers behind the contract of {@code io.streamrelay.api.store}:
 * in a log and a SQLite database that is told what the log has, or in memory for those who want no disk.
 *
 * <p>Epoch and peers are small files of their own in either case. The epoch, because a damaged database must not set it
 * back: peers take messages of a smaller epoch for old ones. The peers, because they change with each ping and are
 * written now and then as a whole.
 *
 * <p>On the way of a commit: {@link io.streamrelay.store.CommitDesk} takes it, {@link
 * io.streamrelay.store.CommitWriter} gathers a group, {@link io.streamrelay.store.SqliteLedger} decides what a failure
 * means for whom, {@link io.streamrelay.store.LoggedTransactions} has it written to the {@link
 * io.streamrelay.store.PacketLog}: now it is safe. Later {@link io.streamrelay.store.Application} tells {@link
 * io.streamrelay.store.Database}, which makes transactions of entries, and {@link io.streamrelay.store.Tables} makes rows of
 * changes. {@link io.streamrelay.store.DatabaseOpener} is where files of any content become a store.
 */
package io.streamrelay.store;
