using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;

namespace OrleansEmbedded.Serialization;

/// <summary>Exceptions: shared in the process, stored as type, message, stack and inner exception.</summary>
internal sealed class ExceptionCodec<T> : Codec<T>
    where T : Exception
{
    public override bool IsShared => true;

    public override T Copy(T value, CopyScope scope) => value;

    public override void Write(ValueWriter writer, T value)
    {
        writer.WriteText(value.GetType().FullName!);
        writer.WriteText(value.Message);
        writer.WriteText(value.StackTrace ?? string.Empty);
        Slots.For<Exception>().Write(writer, value.InnerException!);
    }

    public override T Read(ref ValueReader reader)
    {
        var typeName = reader.ReadText();
        var message = reader.ReadText();
        var stack = reader.ReadText();
        var inner = Slots.For<Exception>().Read(ref reader);
        var type = typeof(Exception).Assembly.GetType(typeName);
        var made = type is not null && typeof(T).IsAssignableFrom(type) && !type.IsAbstract
            && type.GetConstructor([typeof(string), typeof(Exception)]) is { } constructor
            ? (T)constructor.Invoke([message, inner])
            : Default(typeName, message, inner);
        if (stack.Length > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.SetRemoteStackTrace(made, stack);
        }

        return made;
    }

    private static T Default(string typeName, string message, Exception inner)
        => typeof(T).IsAssignableFrom(typeof(Orleans.Runtime.OrleansException))
            ? (T)(Exception)new Orleans.Runtime.OrleansException($"{typeName}: {message}", inner)
            : throw ValueReader.Corrupt($"{typeName} is not a {typeof(T)}");
}
