/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.message.response.StatusResponseFactory;

/**
 * Makes James's responses, of which the tagged ones name one command whatever command they are for. The parsers of SORT
 * and THREAD use it: they extend James's parser of SEARCH, which would refuse them by the name SEARCH where no mailbox
 * is selected. Thread-safe.
 *
 * @param james makes the responses
 * @param command the command that they name
 */
record CommandStatusResponses(StatusResponseFactory james, ImapCommand command) implements StatusResponseFactory {

    @Override
    public StatusResponse taggedOk(Tag tag, ImapCommand other, HumanReadableText text, ResponseCode code) {
        return james.taggedOk(tag, command, text, code);
    }

    @Override
    public StatusResponse taggedNo(Tag tag, ImapCommand other, HumanReadableText text, ResponseCode code) {
        return james.taggedNo(tag, command, text, code);
    }

    @Override
    public StatusResponse taggedBad(Tag tag, ImapCommand other, HumanReadableText text, ResponseCode code) {
        return james.taggedBad(tag, command, text, code);
    }

    @Override
    public StatusResponse taggedOk(Tag tag, ImapCommand other, HumanReadableText text) {
        return james.taggedOk(tag, command, text);
    }

    @Override
    public StatusResponse taggedNo(Tag tag, ImapCommand other, HumanReadableText text) {
        return james.taggedNo(tag, command, text);
    }

    @Override
    public StatusResponse taggedBad(Tag tag, ImapCommand other, HumanReadableText text) {
        return james.taggedBad(tag, command, text);
    }

    @Override
    public StatusResponse untaggedOk(HumanReadableText text, ResponseCode code) {
        return james.untaggedOk(text, code);
    }

    @Override
    public StatusResponse untaggedOk(HumanReadableText text) {
        return james.untaggedOk(text);
    }

    @Override
    public StatusResponse untaggedNo(HumanReadableText text, ResponseCode code) {
        return james.untaggedNo(text, code);
    }

    @Override
    public StatusResponse untaggedNo(HumanReadableText text) {
        return james.untaggedNo(text);
    }

    @Override
    public StatusResponse untaggedBad(HumanReadableText text, ResponseCode code) {
        return james.untaggedBad(text, code);
    }

    @Override
    public StatusResponse untaggedBad(HumanReadableText text) {
        return james.untaggedBad(text);
    }

    @Override
    public StatusResponse preauth(HumanReadableText text, ResponseCode code) {
        return james.preauth(text, code);
    }

    @Override
    public StatusResponse preauth(HumanReadableText text) {
        return james.preauth(text);
    }

    @Override
    public StatusResponse bye(HumanReadableText text, ResponseCode code) {
        return james.bye(text, code);
    }

    @Override
    public StatusResponse bye(HumanReadableText text) {
        return james.bye(text);
    }
}
