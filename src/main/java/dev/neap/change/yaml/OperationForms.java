package dev.neap.change.yaml;

import java.util.List;

/** Every operation that a change file may ask for, in the order in which documents list them. */
final class OperationForms {

    static final List<OperationForm> ALL = List.of(
            AddColumnForm.FORM,
            RenameColumnForm.FORM,
            ChangeTypeForm.FORM,
            SplitColumnForm.FORM,
            MergeColumnsForm.FORM,
            SetNotNullForm.FORM,
            CreateIndexForm.FORM,
            DropColumnForm.FORM,
            WidenKeyForm.FORM,
            DropNotNullForm.FORM,
            SetDefaultForm.FORM,
            AddCheckForm.FORM,
            AddUniqueForm.FORM,
            AddPrimaryKeyForm.FORM,
            AddForeignKeyForm.FORM,
            DropConstraintForm.FORM,
            DropIndexForm.FORM,
            ReplaceIndexForm.FORM,
            RenameTableForm.FORM,
            DropTableForm.FORM,
            PartitionTableForm.FORM,
            RestructureTableForm.FORM,
            BackfillRowsForm.FORM,
            TransformRowsForm.FORM,
            CopyRowsForm.FORM,
            DeleteRowsForm.FORM,
            ArchiveRowsForm.FORM,
            RunSqlForm.FORM);

    private OperationForms() {}
}
