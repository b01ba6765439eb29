package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.NetworkModel;

/** Who is listed, and as of when each. */
@FunctionalInterface
public interface ParticipantList {

    void forEach(ChainView view, ParticipantVisitor visitor);

    /** Takes one entry of the list. */
    @FunctionalInterface
    interface ParticipantVisitor {
        void visit(int participant, ChainView view);
    }

    /** The active set of the view's epoch, once each. */
    static ParticipantList activeSet(NetworkModel model) {
        return (view, visitor) -> model.members(view.epoch()).forEach(participant -> visitor.visit(participant, view));
    }
}
