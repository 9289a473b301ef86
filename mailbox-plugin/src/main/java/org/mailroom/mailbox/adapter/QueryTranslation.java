/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.UnsupportedSearchException;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.Scope;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;

/** Translates James's criteria into search keys of the same meaning in one mailbox. For one query. */
final class QueryTranslation {
    private static final long GREATEST_UID = 0xFFFF_FFFFL;

    private final Set<MessageUid> recent;
    private final QueryLimits limits;
    private final DateCriteria dates;
    private final AttachmentCriteria attachments;

    /**
     * @param recent the messages that are recent in the session that asks
     * @param undecided asked where there is no search key for a criterion
     */
    QueryTranslation(
            Set<MessageUid> recent,
            SearchLimits limits,
            MessageInspection undecided,
            MessageTextReader texts,
            Casemap casemap) {
        this.recent = recent;
        this.limits = new QueryLimits(limits);
        this.dates = new DateCriteria(undecided, new SentTimes(texts));
        this.attachments = new AttachmentCriteria(undecided, texts, casemap);
    }

    /**
     * A key that matches the messages that meet all of {@code criteria}.
     *
     * @throws UnsupportedSearchException for a criterion that James has made up since
     * @throws MailboxException where there are too many criteria, or the mailbox cannot be searched for what is undecided
     */
    SearchKey key(List<Criterion> criteria) throws MailboxException, IOException {
        return SimplifiedKeys.all(keys(criteria, 0));
    }

    private List<SearchKey> keys(List<Criterion> criteria, int depth) throws MailboxException, IOException {
        List<SearchKey> keys = new ArrayList<>();
        for (Criterion criterion : criteria) {
            limits.criterion(depth);
            keys.add(key(criterion, depth));
        }
        return keys;
    }

    private SearchKey key(Criterion criterion, int depth) throws MailboxException, IOException {
        if (criterion instanceof SearchQuery.AllCriterion) {
            return SimplifiedKeys.EVERYTHING;
        } else if (criterion instanceof SearchQuery.ConjunctionCriterion conjunction) {
            return conjunction(conjunction, depth);
        } else if (criterion instanceof SearchQuery.TextCriterion text) {
            return text(text.getType(), limits.string(text.getOperator().getValue()));
        } else if (criterion instanceof SearchQuery.HeaderCriterion header) {
            return header(header);
        } else if (criterion instanceof SearchQuery.SubjectCriterion subject) {
            return new MailKey.Subject(limits.string(subject.getSubject()));
        } else if (criterion instanceof SearchQuery.MimeMessageIDCriterion id) {
            return new MailKey.Header("Message-ID", limits.string(id.getMessageID()));
        } else if (criterion instanceof SearchQuery.InternalDateCriterion date) {
            return dates.internalDate(date.getOperator());
        } else if (criterion instanceof SearchQuery.SaveDateCriterion date) {
            return dates.saveDate(date.getOperator());
        } else if (criterion instanceof SearchQuery.AttachmentCriterion attachment) {
            SearchKey with = attachments.exist();
            return attachment.getOperator().isSet() ? with : SimplifiedKeys.not(with);
        }
        return metadata(criterion);
    }

    private static final class Unknown extends UnsupportedSearchException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "a criterion that Mailroom does not know";
        }
    }

    private SearchKey metadata(Criterion criterion) throws MailboxException {
        if (criterion instanceof SearchQuery.UidCriterion uids) {
            return uids(uids.getOperator());
        } else if (criterion instanceof SearchQuery.FlagCriterion flag) {
            return flag(flag.getFlag(), flag.getOperator().isSet());
        } else if (criterion instanceof SearchQuery.CustomFlagCriterion keyword) {
            String name = limits.string(keyword.getFlag());
            return keyword.getOperator().isSet() ? new MailKey.Keyword(name) : new MailKey.Unkeyword(name);
        } else if (criterion instanceof SearchQuery.SizeCriterion size) {
            return size(size.getOperator());
        } else if (criterion instanceof SearchQuery.ModSeqCriterion modSeq) {
            return modSeq(modSeq.getOperator());
        } else if (criterion instanceof SearchQuery.MessageIdCriterion id) {
            return new StoreKey.EmailId(id.getMessageId().serialize());
        } else if (criterion instanceof SearchQuery.ThreadIdCriterion id) {
            return new StoreKey.ThreadId(id.getThreadId().serialize());
        }
        throw new Unknown();
    }

    private SearchKey conjunction(SearchQuery.ConjunctionCriterion conjunction, int depth)
            throws MailboxException, IOException {
        return switch (conjunction.getType()) {
            case AND -> SimplifiedKeys.all(keys(conjunction.getCriteria(), depth + 1));
            case OR -> SimplifiedKeys.any(keys(withoutIdle(conjunction.getCriteria()), depth + 1));
            case NOR -> SimplifiedKeys.not(SimplifiedKeys.any(keys(withoutIdle(conjunction.getCriteria()), depth + 1)));
        };
    }

    /**
     * Without the criteria on attachments that add nothing, because the body, of which attachments are a part, is
     * searched for the same: so asks JMAP's body filter, and reading messages for it would be in vain.
     */
    private static List<Criterion> withoutIdle(List<Criterion> alternatives) {
        Set<String> inBody = alternatives.stream()
                .filter(criterion -> criterion instanceof SearchQuery.TextCriterion text
                        && (text.getType() == Scope.BODY || text.getType() == Scope.FULL))
                .map(criterion ->
                        ((SearchQuery.TextCriterion) criterion).getOperator().getValue())
                .collect(Collectors.toSet());
        return alternatives.stream()
                .filter(criterion -> !(criterion instanceof SearchQuery.TextCriterion text
                        && (text.getType() == Scope.ATTACHMENTS || text.getType() == Scope.ATTACHMENT_FILE_NAME)
                        && inBody.contains(text.getOperator().getValue())))
                .toList();
    }

    private SearchKey text(Scope scope, String value) throws MailboxException, IOException {
        return switch (scope) {
            case BODY -> new MailKey.Body(value);
            case FULL -> new MailKey.Text(value);
            case ATTACHMENTS -> attachments.contain(value);
            case ATTACHMENT_FILE_NAME -> attachments.areNamed(value);
        };
    }

    private SearchKey header(SearchQuery.HeaderCriterion header) throws MailboxException, IOException {
        String name = limits.string(header.getHeaderName());
        SearchQuery.HeaderOperator operator = header.getOperator();
        if (operator instanceof SearchQuery.ContainsOperator contains) {
            return new MailKey.Header(name, limits.string(contains.getValue()));
        } else if (operator instanceof SearchQuery.AddressOperator address) {
            return new MailKey.Header(name, limits.string(address.getAddress()));
        } else if (operator instanceof SearchQuery.ExistsOperator) {
            return new MailKey.Header(name, "");
        } else if (operator instanceof SearchQuery.DateOperator date) {
            return dates.header(name, date);
        }
        throw new Unknown();
    }

    /** No ranges at all mean every message, as James has it. */
    private static SearchKey uids(SearchQuery.UidInOperator operator) {
        if (operator.isAll()) {
            return SimplifiedKeys.EVERYTHING;
        }
        List<NumberSet.Range> ranges = Arrays.stream(operator.getRange())
                .map(range -> new long[] {
                    Math.max(1, range.getLowValue().asLong()),
                    Math.min(GREATEST_UID, range.getHighValue().asLong())
                })
                .filter(range -> range[0] <= range[1])
                .map(range -> new NumberSet.Range(range[0], range[1]))
                .toList();
        return ranges.isEmpty() ? SimplifiedKeys.NOTHING : new StoreKey.Uid(new NumberSet(ranges).merged());
    }

    private SearchKey flag(Flag flag, boolean isSet) throws MailboxException {
        if (flag == Flag.RECENT) {
            SearchKey known = SimplifiedKeys.uids(recent.stream().mapToLong(MessageUid::asLong));
            return isSet ? known : SimplifiedKeys.not(known);
        }
        Optional<SystemFlag> known = JamesFlags.systemFlag(flag);
        if (known.isEmpty()) {
            throw new Unknown();
        }
        return isSet ? new MailKey.FlagSet(known.get()) : new MailKey.FlagUnset(known.get());
    }

    private static SearchKey size(SearchQuery.NumericOperator operator) {
        SearchKey larger = new MailKey.Larger(operator.getValue());
        SearchKey smaller = new MailKey.Smaller(operator.getValue());
        return switch (operator.getType()) {
            case GREATER_THAN -> larger;
            case LESS_THAN -> smaller;
            case EQUALS -> SimplifiedKeys.all(SimplifiedKeys.not(larger), SimplifiedKeys.not(smaller));
        };
    }

    private static SearchKey modSeq(SearchQuery.NumericOperator operator) {
        SearchKey atLeast = new StoreKey.ModSeq(operator.getValue(), Optional.empty());
        SearchKey more = operator.getValue() == Long.MAX_VALUE
                ? SimplifiedKeys.NOTHING
                : new StoreKey.ModSeq(operator.getValue() + 1, Optional.empty());
        return switch (operator.getType()) {
            case GREATER_THAN -> more;
            case LESS_THAN -> SimplifiedKeys.not(atLeast);
            case EQUALS -> SimplifiedKeys.all(atLeast, SimplifiedKeys.not(more));
        };
    }
}
