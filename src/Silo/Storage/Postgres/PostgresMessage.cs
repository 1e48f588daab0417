using Npgsql;
using NpgsqlTypes;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Silo.Storage.Postgres;

/// <summary>Statements of many callers as one message to the server: single ones each by itself, those of a set once with arrays.</summary>
internal sealed class PostgresMessage
{
    private readonly List<Part> _parts = [];
    private readonly int _callers;

    private PostgresMessage(int callers) => _callers = callers;

    public static PostgresMessage Of(IReadOnlyList<WriteUnit> units)
    {
        var message = new PostgresMessage(units.Count);
        var sets = new Dictionary<string, Part>(StringComparer.Ordinal);
        for (var caller = 0; caller < units.Count; caller++)
        {
            var statement = units[caller].Statement!;
            if (statement.Form == StatementForm.Set && sets.TryGetValue(statement.Sql, out var set))
            {
                set.Add(caller, statement);
                continue;
            }
            var part = new Part(statement.Sql, statement.Form);
            part.Add(caller, statement);
            message._parts.Add(part);
            if (statement.Form == StatementForm.Set)
            {
                sets.Add(statement.Sql, part);
            }
        }
        return message;
    }

    /// <returns>The row each caller was answered with; null for one whose statement changed nothing.</returns>
    public object[]?[] Run(NpgsqlConnection connection)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var part in _parts)
        {
            batch.BatchCommands.Add(part.ToCommand());
        }
        var answers = new object[]?[_callers];
        // Closed before the answers count: the last thing the server says is whether it committed.
        using (var reader = batch.ExecuteReader())
        {
            foreach (var part in _parts)
            {
                part.Read(reader, answers);
                reader.NextResult();
            }
        }
        return answers;
    }

    private sealed class Part(string sql, StatementForm form)
    {
        private readonly List<(int Caller, object?[] Values)> _rows = [];

        public void Add(int caller, Statement statement) => _rows.Add((caller, statement.Values));

        public NpgsqlBatchCommand ToCommand()
        {
            var command = new NpgsqlBatchCommand(sql);
            var first = _rows[0].Values;
            for (var place = 0; place < first.Length; place++)
            {
                command.Parameters.Add(form == StatementForm.Single ? Value(first[place]) : Column(first[place], place));
            }
            return command;
        }

        public void Read(NpgsqlDataReader reader, object[]?[] answers)
        {
            var skipped = form == StatementForm.Set ? 1 : 0;
            while (reader.Read())
            {
                var row = new object[reader.FieldCount - skipped];
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = reader.GetValue(i + skipped);
                }
                answers[_rows[form == StatementForm.Set ? (int)reader.GetInt64(0) - 1 : 0].Caller] = row;
            }
        }

        private static NpgsqlParameter Value(object? value) => value switch
        {
            string text => new NpgsqlParameter<string> { TypedValue = text },
            long number => new NpgsqlParameter<long> { TypedValue = number },
            byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
            null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            _ => throw new ArgumentException($"A statement takes no {value.GetType().Name}.", nameof(value)),
        };

        private NpgsqlParameter Column(object? first, int place) => first switch
        {
            string => new NpgsqlParameter<string[]> { TypedValue = Array<string>(place) },
            long => new NpgsqlParameter<long[]> { TypedValue = Array<long>(place) },
            _ => throw new ArgumentException($"A set takes no {first?.GetType().Name ?? "null"}.", nameof(first)),
        };

        private T[] Array<T>(int place)
        {
            var values = new T[_rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (T)_rows[i].Values[place]!;
            }
            return values;
        }
    }
}
