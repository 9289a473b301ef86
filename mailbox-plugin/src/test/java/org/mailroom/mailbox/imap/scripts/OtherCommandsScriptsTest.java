/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.imapmailbox.suite.AuthenticatePlain;
import org.apache.james.mpt.imapmailbox.suite.AuthenticatedState;
import org.apache.james.mpt.imapmailbox.suite.FetchBodySection;
import org.apache.james.mpt.imapmailbox.suite.FetchBodyStructure;
import org.apache.james.mpt.imapmailbox.suite.FetchHeaders;
import org.apache.james.mpt.imapmailbox.suite.Listing;
import org.apache.james.mpt.imapmailbox.suite.ListingWithSharingTest;
import org.apache.james.mpt.imapmailbox.suite.MailboxAnnotation;
import org.apache.james.mpt.imapmailbox.suite.MailboxWithLongNameError;
import org.apache.james.mpt.imapmailbox.suite.NonAuthenticatedState;
import org.apache.james.mpt.imapmailbox.suite.PartialFetch;
import org.apache.james.mpt.imapmailbox.suite.QuotaTest;
import org.apache.james.mpt.imapmailbox.suite.Rename;
import org.apache.james.mpt.imapmailbox.suite.Select;
import org.apache.james.mpt.imapmailbox.suite.SelectedInbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * James's scripts for the commands that Mailroom leaves alone. What differs from a script is said at its test: James 3.8.1
 * without Mailroom differs there too, over a connection. Its scripts about ACL are not run: they are written for Cyrus.
 */
@ExtendWith(ScriptedJames.Shared.class)
class OtherCommandsScriptsTest {
    private final ScriptedJames james;

    OtherCommandsScriptsTest(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void empty() throws Exception {
        james.beforeTest();
    }

    @Nested
    class AuthenticatedStateScripts extends AuthenticatedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class NonAuthenticatedStateScripts extends NonAuthenticatedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class AuthenticatePlainScripts extends AuthenticatePlain {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class ListingScripts extends Listing {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }

        /** Wired by Guice, James's XLIST does not work and is not announced. The rest of the script is about LIST. */
        @Override
        @Test
        public void testXList() throws Exception {
            CorrectedScript.loggedIn(james)
                    .replacing("C: 10 XLIST \"\" *", "C: 10 NOOP")
                    .without(
                            "S: \\* XLIST \\(\\\\HasNoChildren \\\\Inbox\\) \\\"\\.\\\" \"INBOX\"",
                            "S: \\* XLIST \\(\\\\HasNoChildren \\\\Drafts\\) \\\"\\.\\\" \"Drafts\"",
                            "S: \\* XLIST \\(\\\\HasNoChildren \\\\Sent\\) \\\"\\.\\\" \"Sent\"",
                            "S: \\* XLIST \\(\\\\HasNoChildren \\\\Spam\\) \\\"\\.\\\" \"Spam\"",
                            "S: \\* XLIST \\(\\\\HasNoChildren \\\\Trash\\) \\\"\\.\\\" \"Trash\"")
                    .replacing("S: 10 OK XLIST completed.", "S: 10 OK NOOP completed.")
                    .run("XList");
        }
    }

    @Nested
    class ListingWithSharingTestScripts extends ListingWithSharingTest {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class MailboxAnnotationScripts extends MailboxAnnotation {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class MailboxWithLongNameErrorScripts extends MailboxWithLongNameError {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class PartialFetchScripts extends PartialFetch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class FetchBodySectionScripts extends FetchBodySection {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class FetchBodyStructureScripts extends FetchBodyStructure {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class FetchHeadersScripts extends FetchHeaders {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class QuotaTestScripts extends QuotaTest {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class RenameScripts extends Rename {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class SelectScripts extends Select {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class SelectedInboxScripts extends SelectedInbox {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return james;
        }
    }

    @Nested
    class SecurityScripts {
        @Test
        void otherUsersMailboxesAreOutOfReach() throws Exception {
            CorrectedScript.connected(james).run("SharedMailbox");
        }

        /** James's server closes the connection before it has said BYE. */
        @ParameterizedTest
        @ValueSource(strings = {"BadTag", "NoTag", "IllegalTag", "JustTag", "NoCommand", "BogusCommand"})
        void anUnknownCommandBeforeLoginEndsTheConnection(String script) throws Exception {
            CorrectedScript.connected(james)
                    .replacing("S: \\* BYE Unknown command.", "S: ")
                    .run(script);
        }

        @Test
        void threeWrongPasswordsEndTheConnection() throws Exception {
            CorrectedScript.connected(james)
                    .replacing("S: \\* BYE Login failed too many times.", "S: ")
                    .run("LoginThreeStrikes");
        }
    }
}
