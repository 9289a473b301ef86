/* SPDX-License-Identifier: Apache-2.0 */
/**
 * James as Mailroom needs it, where James's own shape is of no use to the rest: its mail store above all, and what differs
 * between its versions. A mailbox id comes in, metadata and content of messages go out in Mailroom's own types. Nothing is
 * changed in the store here and nothing is known of an index.
 *
 * <h2>One source for James 3.8 and 3.9</h2>
 *
 * <p>Mailroom is compiled against James 3.8.1. Its JARs for James 3.9 are made of the finished ones by giving
 * {@code javax.mail}, {@code javax.inject} and James's two of {@code javax.annotation} their names in Jakarta EE, so every
 * other call must be the same in both versions, name and descriptor. The build's linkage check (in {@code server}) says
 * where one is not. Then, in this order:
 *
 * <ol>
 *   <li>Call something that both have. James's classes for messages and sessions ({@link StoredMailbox}), events, IMAP
 *       sessions, {@code SelectedMailbox}, status responses and {@code ImapResponseComposer} are such.
 *   <li>Write an own class instead: Mailroom's ESEARCH response and its encoder are its own, for James gave the
 *       constructor of its response another shape; so are the request and its parser, and {@link MailboxNames}.
 *   <li>Have one of James's objects, as James makes it, rather than extend its class: the constructors of its processors are
 *       not the same in both ({@code UpdatingProcessor}).
 *   <li>Have what the newer one wants, without saying {@code @Override}: {@code MailroomSearchIndex.postReindexing}, which
 *       James 3.9 leaves abstract. It says so where it stands.
 *   <li>Only then reflection, here, with its names in the linkage check's list: {@link AttachmentParser}, for a class of
 *       3.8 that is an interface in 3.9, and {@link NettyConnection}, for what the decoders of both versions do to commands
 *       that arrive in pieces.
 * </ol>
 *
 * <p>What needs nothing: {@code GuiceGenericLoader}, in 3.9 {@code GuiceLoader}, instantiates Mailroom's classes and is
 * never called by them; {@code <imapPackages>}, which moved into each {@code <imapserver>}, is read by James, and the sample
 * configuration has it in both places. A search without an order comes with no sort in 3.9 and sorted by uid in 3.8; both
 * mean by uid.
 */
package org.mailroom.mailbox.james;
