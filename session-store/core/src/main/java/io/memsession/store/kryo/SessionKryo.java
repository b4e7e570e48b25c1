package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.EnumNameSerializer;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objenesis.strategy.SerializingInstantiatorStrategy;

/**
 * A Kryo that knows the {@link KnownClasses} and asks the {@link ClassRule} for all others. For one thread at a time.
 */
final class SessionKryo extends Kryo {
    static final int MAX_DEPTH = 512;

    private final ClassRule rule;
    private final ApplicationClasses classes;
    private long graph = 1;
    private final Output output = new Output(1024, -1);
    private @Nullable Innards innards;
    private ReadBudget budget = new ReadBudget(false);
    private long weight;
    private boolean unhashable;
    private boolean whole;
    private final @Nullable OwnSerializers own; // null while the superclass is made, which registers classes

    SessionKryo(ClassRule rule, ApplicationClasses classes, KryoConfigurer configurer) {
        super(new ClassNames(classes), new GraphReferences(KnownClasses.values()));
        this.rule = rule;
        this.classes = classes;
        setRegistrationRequired(false);
        setOptimizedGenerics(false); // it believes declared type arguments, and then writes what cannot be read
        setInstantiatorStrategy(new SerializingInstantiatorStrategy());
        setClassLoader(classes.loader());
        setMaxDepth(classes.filter().limit("maxdepth", MAX_DEPTH));
        KnownClasses.all().forEach(known -> register(known.type(), known.serializer(), known.id()));
        own = new OwnSerializers(classes.filter());
        configurer.configure(this);
    }

    ApplicationClasses classes() {
        return classes;
    }

    Output output() {
        return output;
    }

    /** The number of the graph that is written or read now, for what serializers note of it; above 0. */
    long graph() {
        return graph;
    }

    GraphReferences references() {
        return (GraphReferences) getReferenceResolver();
    }

    Innards innards() {
        if (innards == null) {
            innards = new Innards();
        }
        return innards;
    }

    /** What the graph that is being read may cost. */
    ReadBudget budget() {
        return budget;
    }

    /** The number of objects met so far on all ways from the object that is being read now. */
    long weight() {
        return weight;
    }

    /** Says that the object at hand, and whatever holds it, must not be hashed while it is read. */
    void unhashable() {
        weight += ReadBudget.MAX_HASHED;
        unhashable = true;
    }

    /** Writes a graph's root; whether it can be read whatever holds what in it. */
    boolean writeRoot(Output to, Object root) {
        unhashable = false;
        writeClassAndObject(to, root);
        return !unhashable || classes.filter().trusting();
    }

    /** Reads a graph's root, and counts what hashing its parts may cost. */
    @Nullable
    Object readRoot(BoundedInput input) {
        budget = new ReadBudget(!classes.filter().trusting());
        weight = 0;
        whole = own != null && own.isEmpty(); // others may skip what they do not know, and do not say so
        return readClassAndObject(input);
    }

    /** Says that something was read that is unknown here. */
    void unknown() {
        whole = false;
    }

    /** Whether nothing in the graph that was read last was unknown here. */
    boolean readWhole() {
        return whole;
    }

    @Override
    public @Nullable Object readClassAndObject(Input input) {
        long outer = weight;
        int next = references().begin();
        weight = 1;
        Object object = super.readClassAndObject(input);
        weight = Math.min(outer + references().weight(next, weight), Integer.MAX_VALUE);
        return object;
    }

    @Override
    public void reset() {
        super.reset();
        graph++;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean isProxy(Class type) {
        return false; // the rule decides
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean isClosure(Class type) {
        return false; // the rule decides
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Registration register(Class type, Serializer serializer) {
        return own == null ? super.register(type, serializer) : own.add(type, serializer, false);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void addDefaultSerializer(Class type, Serializer serializer) {
        if (own == null) {
            super.addDefaultSerializer(type, serializer);
        } else {
            own.add(type, serializer, true);
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Serializer<?> getDefaultSerializer(Class type) {
        Serializer<?> added = own == null ? null : own.of(type);
        if (added != null) {
            return added;
        }
        return switch (rule.way(type)) {
            case ARRAY -> new ObjectArraySerializer();
            case ENUM -> new EnumNameSerializer(type);
            case RECORD -> new RecordSerializer<>(type, fields(type));
            case FIELDS -> new FieldsSerializer<>(type, fields(type));
            case JAVA -> throw new NeedJava(type);
            case REFUSED -> throw new Refused(String.valueOf(rule.refusal(type)));
        };
    }

    private static Map<String, Field> fields(Class<?> type) {
        return SerialForm.of(type).orElseThrow(() -> new NeedJava(type));
    }
}
