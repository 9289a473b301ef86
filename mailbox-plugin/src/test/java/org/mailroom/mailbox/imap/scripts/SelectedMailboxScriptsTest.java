/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.apache.james.imap.decode.parser.ReplaceCommandParser;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.imapmailbox.suite.ConcurrentSessions;
import org.apache.james.mpt.imapmailbox.suite.Copy;
import org.apache.james.mpt.imapmailbox.suite.Events;
import org.apache.james.mpt.imapmailbox.suite.Expunge;
import org.apache.james.mpt.imapmailbox.suite.Fetch;
import org.apache.james.mpt.imapmailbox.suite.Move;
import org.apache.james.mpt.imapmailbox.suite.ObjectId;
import org.apache.james.mpt.imapmailbox.suite.Recent;
import org.apache.james.mpt.imapmailbox.suite.SelectedState;
import org.apache.james.mpt.imapmailbox.suite.UserFlagsSupport;
import org.apache.james.utils.ClassName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * James's scripts for the commands in a selected mailbox, some of which take a saved search result: Mailroom's parsers
 * are around James's there. What differs from a script is said at its test.
 */
@ExtendWith(ScriptedJames.Shared.class)
class SelectedMailboxScriptsTest {
    private final ScriptedJames james;

    SelectedMailboxScriptsTest(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void empty() throws Exception {
        james.beforeTest();
    }

    @Nested
    class SelectedStateScripts extends SelectedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }

        /** The script needs the command REPLACE, which James's default IMAP package does not have in 3.8.1. */
        @Override
        @Test
        public void testReplace() {
            assertThat(ImapPackage.DEFAULT.decoders())
                    .doesNotContain(new ClassName(ReplaceCommandParser.class.getName()));
        }
    }

    @Nested
    class RecentScripts extends Recent {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class UserFlagsSupportScripts extends UserFlagsSupport {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class CopyScripts extends Copy {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class MoveScripts extends Move {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class ExpungeScripts extends Expunge {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class FetchScripts extends Fetch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class ObjectIdScripts extends ObjectId {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class EventsScripts extends Events {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class ConcurrentSessionsScripts extends ConcurrentSessions {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }

        @Override
        @Test
        public void testConcurrentDeleteSelectedUS() throws Exception {
            concurrentDeleteSelected(Locale.US);
        }

        @Override
        @Test
        public void testConcurrentDeleteSelectedITALY() throws Exception {
            concurrentDeleteSelected(Locale.ITALY);
        }

        @Override
        @Test
        public void testConcurrentDeleteSelectedKOREA() throws Exception {
            concurrentDeleteSelected(Locale.KOREA);
        }

        /** Only James's host of scripts says BYE where the selected mailbox was deleted, not its server. */
        private void concurrentDeleteSelected(Locale locale) throws Exception {
            CorrectedScript script = CorrectedScript.loggedIn(james)
                    .replacing("S: \\* BYE Selected mailbox has been deleted", "S: 1A OK NOOP completed\\.");
            script.withLocale(locale).run("ConcurrentDeleteSelected");
        }
    }
}
