// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import io.streamrelay.api.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear which topics. */
final class Subscribers {

    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private record Subscriber(String filter, CloudSubscriberListener listener) {}

    private volatile List<Subscriber> all = List.of();
    private volatile List<String> filters = List.of();

    synchronized void add(String filter, CloudSubscriberListener listener) {
        List<Subscriber> next = without(listener);
        next.add(new Subscriber(filter, listener));
        become(next);
    }

    synchronized void remove(CloudSubscriberListener listener) {
        become(without(listener));
    }

    private List<Subscriber> without(CloudSubscriberListener listener) {
        List<Subscriber> others = new ArrayList<>(all);
        others.removeIf(each -> each.listener() == listener);
        return others;
    }

    private void become(List<Subscriber> next) {
        if (!next.isEmpty()) {
            filters = next.stream().map(Subscriber::filter).toList();
        }
        all = List.copyOf(next);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** While nobody listens: whether the last ones did, who may come back. */
    boolean want(String topic) {
        return filters.stream().anyMatch(filter -> TopicFilter.matches(filter, topic));
    }

    void tell(String topic, KuraMessage message) {
        for (Subscriber each : all) {
            if (TopicFilter.matches(each.filter(), topic)) {
                try {
                    each.listener().onMessageArrived(message);
                } catch (RuntimeException e) {
                    LOG.error("a subscriber of {} failed", each.filter(), e);
                }
            }
        }
    }
}
