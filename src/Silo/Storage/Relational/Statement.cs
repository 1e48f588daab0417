namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>
/// A statement that does a whole write by itself and answers with one row, or with none when it changed nothing. Statements of many callers go to the server in one
/// message and are committed together.
/// </summary>
/// <param name="Sql">With the places <c>$1</c>, <c>$2</c>, … for the values.</param>
/// <param name="Form">Whether it is sent once for each caller or once for all of them.</param>
/// <param name="Values">Strings, 64-bit integers or bytes; a null is absent bytes. The same types in the same order for the same text.</param>
internal sealed record Statement(string Sql, StatementForm Form, object?[] Values);

/// <summary>How the statements of many callers are sent.</summary>
internal enum StatementForm
{
    /// <summary>One after the other, each with its values.</summary>
    Single,

    /// <summary>Once: every place takes an array with one element for each caller (strings and integers, no nulls), and each row of the answer begins with the caller's position, from 1.</summary>
    Set,
}

/// <summary>A write that some databases can do with one statement.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal interface IStatementWrite<T>
{
    /// <summary>Makes the statement, or null when this one needs steps.</summary>
    Statement? Statement { get; }

    /// <summary>What the row the statement answered with means, without the position.</summary>
    T Take(IReadOnlyList<object> answer);

    /// <summary>The same step by step: where there are no such statements, and when one answered nothing or failed.</summary>
    T Run(SqlSession session);
}
