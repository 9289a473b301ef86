/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One line of a journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "line")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalRecord.Started.class, name = "started"),
    @JsonSubTypes.Type(value = JournalRecord.Intent.class, name = "intent"),
    @JsonSubTypes.Type(value = JournalRecord.Done.class, name = "done"),
    @JsonSubTypes.Type(value = JournalRecord.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = JournalRecord.Noted.class, name = "noted")
})
public sealed interface JournalRecord {
    Instant time();

    /**
     * The first line.
     *
     * @param run the run's id
     * @param kind what the run does
     * @param of the id of the plan that is applied, of the run that is undone, or what else set it off
     * @param rules the versions of the rules, by name
     * @param users whose mail may be changed
     */
    record Started(Instant time, String run, Kind kind, String of, Map<String, String> rules, List<String> users)
            implements JournalRecord {}

    /** What a run does. */
    enum Kind {
        APPLY,
        UNDO
    }

    /**
     * Before a change: what is about to be done. On disk before the change begins.
     *
     * @param number counts the intents of a journal from 1
     * @param part which of the steps of these messages it is, from 0; {@link #TAKEN_BACK} where steps that were made are
     *     taken back because a later one failed
     * @param steps all of those, so that they can be brought to an end without a plan; empty where a run is undone
     * @param rules the rules that ask for it
     * @param target the mailbox that messages come into; for other steps the mailbox itself
     * @param targetUidNext no message that comes into the target by this change has a uid below
     */
    record Intent(
            Instant time,
            long number,
            int part,
            String user,
            MailboxSnapshot mailbox,
            Step step,
            List<Step> steps,
            List<String> rules,
            MailboxSnapshot target,
            long targetUidNext,
            List<MessageSnapshot> messages)
            implements JournalRecord {
        public static final int TAKEN_BACK = -1;
    }

    /** After it: what has become of the messages of the intent with that number, each of them. */
    record Done(Instant time, long number, List<MessageOutcome> messages) implements JournalRecord {}

    /**
     * The last line. A journal without it is of a run that is under way, or was when the server ended.
     *
     * @param reason why it ended before everything was done; empty where it did not
     * @param counts messages, by what became of them
     * @param problems what an administrator should know, in sentences; not all of it where there is much
     */
    record Ended(Instant time, RunEnd end, String reason, Map<String, Long> counts, List<String> problems)
            implements JournalRecord {}

    /**
     * Something that rules did outside of a run, such as at delivery. These stand in journals of a day, not in a run's.
     *
     * @param occasion what let the rules act, in the words of their file
     * @param rules the versions of the rules that acted, by name
     * @param mailbox the name of the mailbox where the message is, or will be
     * @param uid its uid there; 0 where it has none yet
     * @param messageId its Message-ID, bounded as {@link BoundedId} has it; empty where it has none
     * @param actions what was done, in words
     */
    record Noted(
            Instant time,
            String occasion,
            Map<String, String> rules,
            String user,
            String mailbox,
            long uid,
            String messageId,
            List<String> actions)
            implements JournalRecord {
        public Noted {
            messageId = BoundedId.of(messageId);
        }
    }

    /** How a run ended. */
    enum RunEnd {
        COMPLETED,
        /** A cap was reached, or a user's quota. */
        STOPPED,
        CANCELLED,
        FAILED
    }
}
