package dev.neap.hook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A notice on its way.
 *
 * @param event its word
 * @param body as JSON
 * @param variables what a command finds in its environment
 */
record Message(String event, String body, Map<String, String> variables) {

    static Message of(Notice notice, NoticeJson json) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("NEAP_EVENT", notice.event().word());
        variables.put("NEAP_CHANGE", notice.run().change().value());
        variables.put("NEAP_TABLE", notice.run().table());
        variables.put("NEAP_RUN", String.valueOf(notice.run().id().value()));
        variables.put("NEAP_STATE", notice.state().name());
        variables.put("NEAP_REASON", NoticeJson.cut(notice.reason().orElse("")).replace("\0", ""));
        return new Message(notice.event().word(), json.write(notice), variables);
    }
}
