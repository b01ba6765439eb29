package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.NetworkModel;

/** The participants that a response lists, each with the view of its values. */
@FunctionalInterface
public interface ParticipantList {

    void forEach(ChainView view, ParticipantVisitor visitor);

    /** Receives one entry of the list. */
    @FunctionalInterface
    interface ParticipantVisitor {
        void visit(int participant, ChainView view);
    }

    /** The active set of the view's epoch, each participant once. */
    static ParticipantList activeSet(NetworkModel model) {
        return (view, visitor) -> model.members(view.epoch()).forEach(participant -> visitor.visit(participant, view));
    }
}
