package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a {@link Walk} finds out about an event in one segment: each test is asked, each branch opened at most once. */
final class SegmentWalk {

    private final Segment segment;
    private final Plan plan;
    private final Walk walk;
    private final Program program;
    private final FieldTest[] tests;
    private final Marks marks;
    private final int[] tested;
    private final int[] opened;
    private final int[] passed;
    private final int[] answered;
    private final int[] asked;
    private final Residual.Answer[] said;

    /** Where in the program the conjunctions are that wait for the payload. */
    private final Numbers waiting = new Numbers();

    private final List<Branch> waitingBranches = new ArrayList<>();

    /** The rules with an alternative that a damaged payload leaves open. */
    private final Numbers doubtful = new Numbers();

    /** The rules with an alternative that an expression refused by failing. */
    private final Numbers failing = new Numbers();

    private int epoch;

    SegmentWalk(Segment segment, Walk walk) {
        this(segment, walk, Marks.of(segment.plan()));
    }

    private SegmentWalk(Segment segment, Walk walk, Marks marks) {
        this.segment = segment;
        this.plan = segment.plan();
        this.program = plan.program();
        this.tests = plan.tests();
        this.walk = walk;
        this.marks = marks;
        this.tested = marks.tested();
        this.opened = marks.opened();
        this.passed = marks.passed();
        this.answered = marks.answered();
        this.asked = marks.asked();
        this.said = marks.said();
    }

    /**
     * Marks of the events they were made for, by the event's epoch.
     *
     * @param tested for each test twice the epoch it was last asked in, plus 1 if it held
     * @param opened for each branch
     * @param passed for each gate
     * @param answered for each rule
     * @param asked for each residual
     * @param said what each residual said when it was last asked
     */
    private record Marks(
            int[] tested, int[] opened, int[] passed, int[] answered, int[] asked, Residual.Answer[] said) {

        static Marks of(Plan plan) {
            return new Marks(
                    new int[plan.tests().length],
                    new int[plan.branchCount()],
                    new int[plan.gateCount()],
                    new int[plan.ruleCount()],
                    new int[plan.residuals().count()],
                    Stream.generate(() -> Residual.Answer.FALSE)
                            .limit(plan.residuals().count())
                            .toArray(Residual.Answer[]::new));
        }

        void clear() {
            Stream.of(tested, opened, passed, answered, asked).forEach(each -> Arrays.fill(each, 0));
        }
    }

    Plan plan() {
        return plan;
    }

    /** Returns a walk through another segment of the same plan. */
    SegmentWalk of(Segment other) {
        return new SegmentWalk(other, walk, marks);
    }

    void forget() {
        marks.clear();
    }

    /** Decides about the event as far as its attributes allow; returns whether something waits for the payload. */
    boolean begin() {
        epoch = walk.epoch();
        waiting.clear();
        waitingBranches.clear();
        doubtful.clear();
        failing.clear();
        open(plan.root());
        return waiting.count() > 0 || !waitingBranches.isEmpty();
    }

    /** Opens a branch whose test is known to hold. */
    void openSure(Branch branch) {
        tested[branch.test()] = epoch * 2 + 1;
        open(branch);
    }

    /** Opens a branch if its test holds. */
    void openLikely(Branch branch) {
        if (opened[branch.number()] != epoch && holds(branch.test())) {
            open(branch);
        }
    }

    void pass(Gate gate) {
        if (passed[gate.number()] == epoch) {
            return;
        }
        passed[gate.number()] = epoch;
        for (Branch branch : gate.sure()) {
            openSure(branch);
        }
        for (Branch branch : gate.likely()) {
            openLikely(branch);
        }
    }

    private void open(Branch branch) {
        if (opened[branch.number()] == epoch) {
            return;
        }
        opened[branch.number()] = epoch;
        for (int at = branch.from(); at < branch.to(); at = program.end(at)) {
            decide(at);
        }
        for (Dictionary dictionary : branch.dictionaries()) {
            dictionary.open(walk.values(dictionary.field()), this);
        }
        Branch behindPayload = branch.behindPayload();
        if (behindPayload != null) {
            waitingBranches.add(behindPayload);
        }
    }

    private void decide(int at) {
        if (answered[program.rule(at)] == epoch || !allHold(program.attributes(at), program.payload(at))) {
            return;
        }
        JsonNode read = walk.root();
        if (program.fields(at) == 0 && !plan.residuals().wantPayload(program.conjunction(at))) {
            askResiduals(at);
        } else if (read == null) {
            waiting.add(at);
        } else {
            decideByPayload(at, read);
        }
    }

    private void decideByPayload(int at, JsonNode read) {
        if (answered[program.rule(at)] == epoch || !allHold(program.payload(at), program.end(at))) {
            return;
        }
        if (isInOneObject(at, read)) {
            askResiduals(at);
        }
    }

    /** Returns whether fields that hold each hold in one and the same object. */
    boolean isInOneObject(int at, JsonNode read) {
        return !walk.hasObjectsInArrays()
                || program.fields(at) <= 1
                || plan.conjunctions().get(program.conjunction(at)).holdsIn(read);
    }

    /** All else holds of the conjunction that stands there. */
    private void askResiduals(int at) {
        if (residualsOf(at) == Outcome.MATCHED) {
            addMatched(program.rule(at));
        }
    }

    private Outcome residualsOf(int at) {
        Outcome outcome = Outcome.MATCHED;
        for (int number : plan.residuals().of(program.conjunction(at))) {
            Residual.Answer answer = ask(number);
            if (answer.failed()) {
                failing.add(program.rule(at));
            }
            outcome = outcome.and(answer.outcome());
            if (outcome == Outcome.REFUSED) {
                return outcome;
            }
        }
        return outcome;
    }

    Residual.Answer ask(int residual) {
        if (asked[residual] != epoch) {
            asked[residual] = epoch;
            said[residual] = walk.ask(plan.residuals().get(residual));
        }
        return said[residual];
    }

    /** Returns why a residual that was asked refuses the event. */
    String because(int residual) {
        return walk.because(plan.residuals().get(residual), said[residual]);
    }

    private void addMatched(int rule) {
        answered[rule] = epoch;
        if (!segment.isRemoved(rule)) {
            walk.addMatched(segment.number(rule));
        }
    }

    private boolean allHold(int from, int to) {
        for (int at = from; at < to; at++) {
            if (!holds(program.test(at))) {
                return false;
            }
        }
        return true;
    }

    FieldValues values(int field) {
        return walk.values(field);
    }

    boolean holds(int number) {
        int known = tested[number];
        if (known >> 1 == epoch) {
            return (known & 1) != 0;
        }
        FieldTest test = tests[number];
        boolean holds = test.holds(walk.values(test.field()));
        tested[number] = epoch * 2 + (holds ? 1 : 0);
        return holds;
    }

    /** The payload was read: decides about all that waited for it. */
    void decideBy(JsonNode read) {
        for (int i = 0; i < waiting.count(); i++) {
            decideByPayload(waiting.get(i), read);
        }
        for (int i = 0; i < waitingBranches.size(); i++) {
            open(waitingBranches.get(i));
        }
    }

    /** The payload cannot be read: what waited for it is undecided, unless a residual decides without it. */
    void leaveUndecided(String damage) {
        for (int i = 0; i < waiting.count(); i++) {
            doubt(waiting.get(i));
        }
        for (int i = 0; i < waitingBranches.size(); i++) {
            doubt(waitingBranches.get(i));
        }
        for (int i = 0; i < doubtful.count(); i++) {
            addUndecided(doubtful.get(i), damage);
        }
    }

    private void doubt(int at) {
        Outcome outcome = answered[program.rule(at)] == epoch ? Outcome.REFUSED : residualsOf(at);
        if (outcome == Outcome.MATCHED && program.fields(at) == 0) {
            addMatched(program.rule(at));
        } else if (outcome != Outcome.REFUSED) {
            doubtful.add(program.rule(at));
        }
    }

    private void doubt(Branch branch) {
        if (opened[branch.number()] == epoch) {
            return;
        }
        opened[branch.number()] = epoch;
        for (int at = branch.from(); at < branch.to(); at = program.end(at)) {
            if (allHold(program.attributes(at), program.payload(at))) {
                doubt(at);
            }
        }
        for (Dictionary dictionary : branch.dictionaries()) {
            dictionary.all().forEach(this::doubt);
        }
    }

    /** Rules that match without the payload have all been found by now. */
    private void addUndecided(int rule, String damage) {
        if (answered[rule] != epoch) {
            answered[rule] = epoch;
            if (!segment.isRemoved(rule)) {
                walk.addUndecided(segment.number(rule), damage);
            }
        }
    }

    /** An expression's failure decided nothing where the rule has an answer without it. */
    void tellFailures() {
        for (int i = 0; i < failing.count(); i++) {
            int rule = failing.get(i);
            if (answered[rule] != epoch) {
                answered[rule] = epoch;
                if (!segment.isRemoved(rule)) {
                    walk.addFailed(segment.number(rule));
                }
            }
        }
    }

    /** Puts the reason for each rule that was not taken out at its number. */
    void tellReasons(AskedFields fields, List<Reason> into) {
        List<Reason> found = new ReasonFinder(plan, fields, this, walk.root()).find();
        for (int rule = 0; rule < found.size(); rule++) {
            if (!segment.isRemoved(rule)) {
                into.set(segment.number(rule), found.get(rule));
            }
        }
    }
}
