/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * James's scripts for SEARCH and UID SEARCH, with the server in the locales in which James runs them. (Search, Uid and
 * SearchSaveDate are among those of {@link SelectedMailboxScriptsTest}.) What is corrected in a script has its reason
 * beside it.
 */
@ExtendWith(ScriptedJames.Shared.class)
class SearchScriptsTest {
    private final ScriptedJames james;

    SearchScriptsTest(ScriptedJames james) {
        this.james = james;
    }

    static List<Locale> locales() {
        return List.of(Locale.US, Locale.ITALY, Locale.KOREA);
    }

    @BeforeEach
    void empty() throws Exception {
        james.beforeTest();
    }

    private CorrectedScript script(Locale locale) throws Exception {
        CorrectedScript script = CorrectedScript.loggedIn(james);
        script.withLocale(locale);
        return script;
    }

    /**
     * In James, BODY looks at the source of HTML and at application/xhtml+xml: the only o in messages 3 and 4 is that of
     * their tags. To Mailroom the body is what can be seen. It has the header fields of an attached message too, as RFC
     * 3501 has them in the body: message 5 has a Timothy there.
     */
    @ParameterizedTest
    @MethodSource("locales")
    void searchKeys(Locale locale) throws Exception {
        script(locale)
                .answering(
                        "A47 SEARCH BODY o",
                        "SEARCH 2 3 4 5 6 7 10 11 12 14 17 18 19",
                        "SEARCH 2 5 6 7 10 11 12 14 17 18 19")
                .answering("A49 SEARCH BODY thy", "SEARCH 10 12 17 18 19", "SEARCH 5 10 12 17 18 19")
                .run("SearchAtoms");
    }

    /** See {@link #searchKeys}. */
    @ParameterizedTest
    @MethodSource("locales")
    void searchKeysInUidSearch(Locale locale) throws Exception {
        script(locale)
                .answering(
                        "A107 UID SEARCH BODY o",
                        "SEARCH 22 23 24 25 26 27 30 31 32 34 37 38 39",
                        "SEARCH 22 25 26 27 30 31 32 34 37 38 39")
                .answering("A109 UID SEARCH BODY thy", "SEARCH 30 32 37 38 39", "SEARCH 25 30 32 37 38 39")
                .run("UidSearchAtoms");
    }

    /** The o in tags: see {@link #searchKeys}. */
    @ParameterizedTest
    @MethodSource("locales")
    void combinedSearchKeys(Locale locale) throws Exception {
        script(locale)
                .answering(
                        "A45 SEARCH FROM o TO o ANSWERED FLAGGED ALL BODY o SENTBEFORE 1-Jan-2009",
                        "SEARCH 2 3 4",
                        "SEARCH 2")
                .answering(
                        "A46 SEARCH OR ( FROM o TO o ANSWERED FLAGGED ALL BODY o SENTBEFORE 1-Jan-2009 )"
                                + " ( HEADER Delivered-To \"\" DRAFT )",
                        "SEARCH 2 3 4 11 17",
                        "SEARCH 2 11 17")
                .run("SearchCombinations");
    }

    /** The o in tags: see {@link #searchKeys}. */
    @ParameterizedTest
    @MethodSource("locales")
    void combinedSearchKeysInUidSearch(Locale locale) throws Exception {
        script(locale)
                .answering(
                        "A105 UID SEARCH FROM o TO o ANSWERED FLAGGED ALL BODY o SENTBEFORE 1-Jan-2009",
                        "SEARCH 22 23 24",
                        "SEARCH 22")
                .answering(
                        "A106 UID SEARCH OR ( FROM o TO o ANSWERED FLAGGED ALL BODY o SENTBEFORE 1-Jan-2009 )"
                                + " ( HEADER Delivered-To \"\" DRAFT )",
                        "SEARCH 22 23 24 31 37",
                        "SEARCH 22 31 37")
                .run("UidSearchCombinations");
    }

    /** The script is for asynchronous indexes and waits twice ten seconds for them; Mailroom's searches need no wait. */
    @Test
    void searchKeysOverAnIndex() throws Exception {
        CorrectedScript.loggedIn(james).without("WAIT 10000").run("UidSearchAtomsIndexer");
    }

    /** No suite of James runs this script; it is older than James's present words for DELETE and LOGOUT. */
    @Test
    void subjectsOfANestedMessage() throws Exception {
        CorrectedScript.loggedIn(james)
                .replacing("S: A150 OK Delete completed\\.", "S: A150 OK DELETE completed\\.")
                .replacing("S: \\* BYE Logging out", "S: \\* BYE IMAP4rev1 Server logging out")
                .replacing("S: A151 OK Logout completed\\.", "S: A151 OK LOGOUT completed\\.")
                .run("ComplexMail");
    }

    @Test
    void resultOptions() throws Exception {
        CorrectedScript.loggedIn(james).run("SearchOptionAggregations");
    }

    /** Where SAVE is the only option there is no SEARCH or ESEARCH response (RFC 5182 section 2.1). James has one. */
    @Test
    void savedResult() throws Exception {
        CorrectedScript.loggedIn(james).without("S: \\* SEARCH 1").run("SearchOptionSave");
    }

    @Test
    void condstoreIsNotAnnounced() throws Exception {
        CorrectedScript.loggedIn(james).run("CondstoreDisable");
    }

    @Test
    void condstoreIsAnnouncedWhereItIsEnabled() throws Exception {
        james.condstoreAnnounced(true);
        CorrectedScript.loggedIn(james).run("CondstoreEnable");
    }
}
