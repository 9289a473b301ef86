/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Stores what was planned and done. {@link org.mailroom.mailets.journal.RunFiles} is the directory of plans and of the
 * journals of runs; {@link org.mailroom.mailets.journal.Journal} writes one journal, {@link
 * org.mailroom.mailets.journal.JournalIndex} finds lines in all of them. {@link
 * org.mailroom.mailets.journal.JournalRecord}s come in and go out; they are written once and never changed. {@code
 * runs} knows what they mean for mail; nothing here knows James's store.
 */
package org.mailroom.mailets.journal;
