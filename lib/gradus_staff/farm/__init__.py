"""Many submissions at once: workers grade, one process writes; on this machine or on a cluster.

pack     what a worker must know of an assignment        parcel   a submission, as plain data
worker   grades a parcel in a scratch course             outcome  what came of it, as plain data
writer   puts outcomes into gradebook and files          record   what is graded already, and from what
crew     workers of this machine                         cluster  workers of a Dask cluster
run      hands out the work, whatever happens to workers lock     one grader at a time
"""
