using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace OrleansEmbedded.Serialization;

/// <summary>
/// Types with <c>[GenerateSerializer]</c>: their members by id, base class first. Written as the number of classes, then for each its
/// members as id + 1, length and value, closed by 0. So a member that is not known is skipped and one that is missing keeps its default.
/// </summary>
internal sealed class MemberCodec<T> : Codec<T>
{
    private readonly Member<T>[][] _levels;
    private readonly Func<T> _create;

    public MemberCodec()
    {
        if (typeof(T).IsAbstract)
        {
            throw new CodecNotFoundException($"{typeof(T)} is abstract: only types derived from it have values.");
        }

        _levels = MemberReader.Levels<T>();
        _create = Creator();
        IsShared = TypeShapes.IsImmutable(typeof(T));
    }

    public override bool IsShared { get; }

    public override T Copy(T value, CopyScope scope)
    {
        if (IsShared)
        {
            return value;
        }

        var copy = _create();
        if (!typeof(T).IsValueType)
        {
            scope.Add(value!, copy!);
        }

        foreach (var level in _levels)
        {
            foreach (var member in level)
            {
                member.Copy(ref value, ref copy, scope);
            }
        }

        return copy;
    }

    public override void Write(ValueWriter writer, T value)
    {
        writer.WriteUnsigned((ulong)_levels.Length);
        foreach (var level in _levels)
        {
            foreach (var member in level)
            {
                writer.WriteUnsigned((ulong)member.Id + 1);
                var part = writer.BeginPart();
                member.Write(writer, ref value);
                writer.EndPart(part);
            }

            writer.WriteUnsigned(0);
        }
    }

    public override T Read(ref ValueReader reader)
    {
        var value = _create();
        if (!typeof(T).IsValueType)
        {
            reader.ResolveLast(value!);
        }

        var stored = reader.ReadCount();
        for (var at = 0; at < stored; at++)
        {
            // Counted from the derived end: a base class that was added later has nothing stored.
            var level = at - stored + _levels.Length;
            ReadLevel(ref reader, ref value, level >= 0 ? _levels[level] : []);
        }

        return value;
    }

    private static void ReadLevel(ref ValueReader reader, ref T value, Member<T>[] members)
    {
        while (reader.ReadUnsigned() is var tag and not 0)
        {
            var end = reader.ReadPartEnd();
            var member = Array.Find(members, candidate => candidate.Id + 1UL == tag);
            member?.Read(ref reader, ref value);
            reader.SkipTo(end);
        }
    }

    private static Func<T> Creator()
    {
        if (typeof(T).IsValueType)
        {
            return static () => default!;
        }

        return typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { } constructor
            ? Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile()
            : static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
    }
}
