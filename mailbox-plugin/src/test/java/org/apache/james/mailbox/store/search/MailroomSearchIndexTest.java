/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.james.mailbox.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.apache.james.util.ClassLoaderUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.adapter.AdaptedMail;

/**
 * James's own contract for search indexes, applied to Mailroom's. It stands in James's package because most of its
 * tests can be overridden from there only. Overridden are those that expect what RFC 3501, RFC 5256 or our contract
 * forbid, each with what we answer instead.
 *
 * <p>The contract's INBOX has nine messages, uids 1 to 9, all but 7 appended as recent.
 */
class MailroomSearchIndexTest extends AbstractMessageSearchIndexTest {
    @TempDir
    Path indexes;

    private AdaptedMail mail;

    @Override
    protected void initializeMailboxManager() {
        mail = new AdaptedMail(indexes);
        storeMailboxManager = mail.james().getMailboxManager();
        messageIdManager = mail.james().getMessageIdManager();
        messageSearchIndex = mail.james().getSearchIndex();
        eventBus = mail.james().getEventBus();
        messageIdFactory = new InMemoryMessageId.Factory();
    }

    @AfterEach
    void close() {
        mail.close();
    }

    /** Nothing to wait for: a search sees what was acknowledged before it. */
    @Override
    protected void awaitMessageCount(List<MailboxId> mailboxIds, SearchQuery query, long messageCount) {}

    @Override
    protected MessageId initNewBasedMessageId() {
        return InMemoryMessageId.of(100);
    }

    @Override
    protected MessageId initOtherBasedMessageId() {
        return InMemoryMessageId.of(1000);
    }

    /** RFC 3501: BODY finds the string, not messages that have some of its words. */
    @Test
    @Override
    protected void bodyContainsShouldReturnUidOfMessageContainingTheApproximativeText() throws MailboxException {
        assertThat(inbox(SearchQuery.bodyContains("created summary"))).isEmpty();
        assertThat(inbox(SearchQuery.bodyContains("CREATED mailbox-234"))).containsExactly(2L);
    }

    /** RFC 3501: TEXT finds the string; message 6 has its words here and there. */
    @Test
    @Override
    protected void mailsContainsShouldIncludeMailHavingAttachmentsMatchingTheRequest() throws Exception {
        assertThat(inbox(SearchQuery.mailContains("root mailing list"))).containsExactly(1L);
        assertThat(inbox(SearchQuery.mailContains("Mailing list: debian"))).containsExactly(6L);
    }

    /** We do not claim the capability FullText, which this is about: words in any order. */
    @Test
    @Override
    void searchWithFullTextShouldReturnMailsWhenNotAPerfectMatch() throws Exception {
        long uid = messages(MailboxPath.forUser(USERNAME, "MyFolder"))
                .appendMessage(
                        MessageManager.AppendCommand.builder()
                                .build(ClassLoaderUtils.getSystemResourceAsSharedStream(
                                        "eml/emailWithTextAttachment.eml")),
                        session(USERNAME))
                .getId()
                .getUid()
                .asLong();
        MailboxPath folder = MailboxPath.forUser(USERNAME, "MyFolder");

        assertThat(uids(folder, SearchQuery.of(SearchQuery.mailContains("User message banana"))))
                .isEmpty();
        assertThat(uids(folder, SearchQuery.of(SearchQuery.mailContains("tiful bana"))))
                .containsExactly(uid);
    }

    /** RFC 3501: a message is recent in one session. The query brings that session's; the store's flag is none's. */
    @Test
    @Override
    void flagIsSetShouldReturnUidOfMessageMarkedAsRecentWhenUsedWithFlagRecent() throws MailboxException {
        assertThat(inbox(SearchQuery.flagIsSet(Flags.Flag.RECENT))).isEmpty();
        assertThat(uids(MailboxPath.inbox(USERNAME), withRecent(SearchQuery.flagIsSet(Flags.Flag.RECENT))))
                .containsExactly(2L, 4L);
    }

    /** As above. */
    @Test
    @Override
    void flagIsUnSetShouldReturnUidOfMessageNotMarkedAsRecentWhenUsedWithFlagRecent() throws MailboxException {
        assertThat(inbox(SearchQuery.flagIsUnSet(Flags.Flag.RECENT)))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(uids(MailboxPath.inbox(USERNAME), withRecent(SearchQuery.flagIsUnSet(Flags.Flag.RECENT))))
                .containsExactly(1L, 3L, 5L, 6L, 7L, 8L, 9L);
    }

    private static SearchQuery withRecent(SearchQuery.Criterion criterion) {
        return SearchQuery.builder()
                .andCriteria(criterion)
                .addRecentMessageUids(List.of(MessageUid.of(2), MessageUid.of(4)))
                .build();
    }

    /** No message has a header field "sentDate": that is what OpenSearch calls what it has of the Date field. */
    @Test
    @Override
    void headerDateAfterShouldWork() throws Exception {
        Date date = new Date(1433408400000L);
        assertThat(inbox(SearchQuery.headerDateAfter("sentDate", date, DateResolution.Second)))
                .isEmpty();
        assertThat(inbox(SearchQuery.headerDateAfter("Date", date, DateResolution.Second)))
                .containsExactly(2L, 3L);
    }

    /** As above. */
    @Test
    @Override
    void headerDateBeforeShouldWork() throws Exception {
        Date date = new Date(1433109600000L);
        assertThat(inbox(SearchQuery.headerDateBefore("sentDate", date, DateResolution.Day)))
                .isEmpty();
        assertThat(inbox(SearchQuery.headerDateBefore("Date", date, DateResolution.Day)))
                .containsExactly(5L);
    }

    /** As above. */
    @Test
    @Override
    void headerDateOnShouldWork() throws Exception {
        Date date = new Date(1433224800000L);
        assertThat(inbox(SearchQuery.headerDateOn("sentDate", date, DateResolution.Day)))
                .isEmpty();
        assertThat(inbox(SearchQuery.headerDateOn("Date", date, DateResolution.Day)))
                .containsExactly(4L, 9L);
    }

    /** RFC 5256: a missing field is the empty string, which comes first; James's contract puts it last. */
    @Test
    @Override
    protected void sortOnCcShouldWork() throws Exception {
        assertThat(secondToFifth(SortClause.MailboxCc)).containsExactly(2L, 3L, 5L, 4L);
    }

    /** RFC 5256: by the part before the @ (jira, jira1, jira2, mailet-api); James's contract takes the whole address. */
    @Test
    @Override
    protected void sortOnFromShouldWork() throws Exception {
        assertThat(secondToFifth(SortClause.MailboxFrom)).containsExactly(4L, 3L, 2L, 5L);
    }

    private List<Long> secondToFifth(SortClause clause) throws MailboxException {
        return uids(
                MailboxPath.inbox(USERNAME),
                SearchQuery.builder()
                        .andCriteria(SearchQuery.uid(new SearchQuery.UidRange(MessageUid.of(2), MessageUid.of(5))))
                        .sorts(new Sort(clause))
                        .build());
    }

    /** Our contract, section 3.5: rights come first. James's contract finds another user's mail without any. */
    @Test
    @Override
    void multimailboxSearchShouldWorkWithOtherUserMailbox() throws MailboxException {
        MailboxPath others = MailboxPath.inbox(OTHERUSER);
        List<MailboxId> where = List.of(messages(others).getId());

        assertThat(found(where)).isEmpty();
        storeMailboxManager.applyRightsCommand(
                others,
                MailboxACL.command()
                        .forUser(USERNAME)
                        .rights(MailboxACL.Right.Lookup, MailboxACL.Right.Read)
                        .asAddition(),
                session(OTHERUSER));
        assertThat(found(where)).hasSize(1);
    }

    private List<MessageId> found(List<MailboxId> mailboxes) throws MailboxException {
        return messageSearchIndex
                .search(session(USERNAME), mailboxes, SearchQuery.matchAll(), 256)
                .collectList()
                .block();
    }

    private List<Long> inbox(SearchQuery.Criterion criterion) throws MailboxException {
        return uids(MailboxPath.inbox(USERNAME), SearchQuery.of(criterion));
    }

    private List<Long> uids(MailboxPath path, SearchQuery query) throws MailboxException {
        return messageSearchIndex
                .search(session(USERNAME), messages(path).getMailboxEntity(), query)
                .map(MessageUid::asLong)
                .collectList()
                .block();
    }

    private MessageManager messages(MailboxPath path) throws MailboxException {
        return storeMailboxManager.getMailbox(path, session(path.getUser()));
    }

    private MailboxSession session(Username user) {
        return storeMailboxManager.createSystemSession(user);
    }
}
